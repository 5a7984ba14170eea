using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Museum.AppHost.Services;

/// <summary>
/// A certificate for this machine's names and addresses, signed by itself and kept between starts: who has once told a phone to
/// trust it need not do so again.
/// </summary>
internal static class SelfSignedCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    /// <returns>The PEM files of the certificate and of its key.</returns>
    public static (string Certificate, string Key) KeptIn(string folder, string host, TimeProvider time)
    {
        var (certificate, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        if (!File.Exists(key) || !IsGood(certificate, host, time.GetUtcNow()))
        {
            Directory.CreateDirectory(folder);
            Write(certificate, key, host, time.GetUtcNow());
        }

        return (certificate, key);
    }

    private static bool IsGood(string file, string host, DateTimeOffset now)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using var kept = X509CertificateLoader.LoadCertificateFromFile(file);
            return kept.NotAfter.ToUniversalTime() > (now + Renewal).UtcDateTime
                && (IsAnyAddress(host) || kept.MatchesHostname(host, allowWildcards: false, allowCommonName: false));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Write(string certificateFile, string keyFile, string host, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Museum", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(host));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "Server Authentication")], critical: false));
        using var certificate = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Lifetime);
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(keyFile, options);
        writer.Write(key.ExportPkcs8PrivateKeyPem());
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Dns.GetHostName());
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => !a.IsIPv6LinkLocal);
        foreach (var address in addresses)
        {
            names.AddIpAddress(address);
        }

        if (!IsAnyAddress(host) && !IPAddress.TryParse(host, out _))
        {
            names.AddDnsName(host);
        }

        return names.Build();
    }

    private static bool IsAnyAddress(string host) => host is "*" or "+" or "0.0.0.0" or "::" or "[::]";
}

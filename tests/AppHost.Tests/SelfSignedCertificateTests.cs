using System.Security.Cryptography.X509Certificates;
using Museum.AppHost.Services;

namespace Museum.AppHost.Tests;

public sealed class SelfSignedCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("museum-certificate-");

    [Fact]
    public void It_names_this_machine_and_its_key_fits_and_is_its_owner_s_alone()
    {
        var (certificate, key) = SelfSignedCertificate.KeptIn(_folder.FullName, "guide.example", TimeProvider.System);
        using var loaded = X509Certificate2.CreateFromPemFile(certificate, key);
        Assert.True(loaded.HasPrivateKey);
        Assert.All(["localhost", "127.0.0.1", "guide.example"], name => Assert.True(loaded.MatchesHostname(name)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
    }

    [Fact]
    public void It_is_kept_between_starts()
    {
        var (certificate, _) = SelfSignedCertificate.KeptIn(_folder.FullName, "0.0.0.0", TimeProvider.System);
        var first = File.ReadAllText(certificate);
        SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", TimeProvider.System);
        Assert.Equal(first, File.ReadAllText(certificate));
    }

    [Fact]
    public void It_is_made_anew_before_it_runs_out()
    {
        var (certificate, _) = SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", TimeProvider.System);
        var first = File.ReadAllText(certificate);
        SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", new Ahead(TimeSpan.FromDays(340)));
        Assert.NotEqual(first, File.ReadAllText(certificate));
    }

    [Fact]
    public void It_is_made_anew_for_a_name_it_does_not_know()
    {
        var (certificate, _) = SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", TimeProvider.System);
        SelfSignedCertificate.KeptIn(_folder.FullName, "guide.example", TimeProvider.System);
        using var loaded = X509CertificateLoader.LoadCertificateFromFile(certificate);
        Assert.True(loaded.MatchesHostname("guide.example"));
    }

    [Fact]
    public void A_damaged_one_is_replaced()
    {
        var (certificate, _) = SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", TimeProvider.System);
        File.WriteAllText(certificate, "not a certificate");
        SelfSignedCertificate.KeptIn(_folder.FullName, "localhost", TimeProvider.System);
        using var loaded = X509CertificateLoader.LoadCertificateFromFile(certificate);
        Assert.True(loaded.MatchesHostname("localhost"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}

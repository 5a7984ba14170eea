using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Scheduling;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Tokens;

/// <summary>
/// The keys in use. Also what this service verifies tokens by: the other services read the same keys from the JWKS, but here they are
/// at hand. Looked after every minute, so that replicas see each other's rotation long before a new key signs.
/// </summary>
internal sealed class KeyRing : IHostedService, IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private readonly KeyFile file;
    private readonly TimeProvider time;
    private readonly IOptionsMonitor<TokenOptions> options;
    private readonly RecurringWork looking;
    private volatile Held held;

    public KeyRing(KeyFile file, TimeProvider time, IOptionsMonitor<TokenOptions> options, WorkScheduler scheduler)
    {
        (this.file, this.time, this.options) = (file, time, options);
        looking = new RecurringWork(
            scheduler,
            "signing_keys",
            LookEvery,
            _ =>
            {
                Refresh();
                return Task.CompletedTask;
            },
            WorkPriority.High);
        held = Read(null);
    }

    /// <summary>Every key whose tokens may still be about.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Published => held.Published;

    public SigningCredentials Signing => held.Signing;

    public byte[] RefreshSecret => held.RefreshSecret;

    public void Refresh() => held = Read(held);

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => Task.FromResult(held.Configuration);

    /// <summary>Nothing to do: a key is here at least 10 minutes before anyone signs with it, and strangers' key ids must cost nothing.</summary>
    public void RequestRefresh()
    {
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        looking.Start(LookEvery);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        looking.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => looking.Dispose();

    private Held Read(Held? before)
    {
        var content = file.ReadOrRotate(options.CurrentValue.RotateKeysEvery);
        var published = content.Keys.Select(k => before?.Published.FirstOrDefault(p => p.KeyId == k.Kid) ?? Import(k)).ToArray();
        var signing = KeySchedule.Signing(content.Keys, time.GetUtcNow());
        var configuration = new OpenIdConnectConfiguration { Issuer = MuseumTokens.Issuer };
        foreach (var key in published)
        {
            configuration.SigningKeys.Add(key);
        }

        return new Held(
            published,
            new SigningCredentials(published.First(p => p.KeyId == signing.Kid), SecurityAlgorithms.EcdsaSha256),
            content.RefreshSecret,
            configuration);
    }

    private static ECDsaSecurityKey Import(SigningKey key)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        return new ECDsaSecurityKey(pair) { KeyId = key.Kid };
    }

    private sealed record Held(IReadOnlyList<ECDsaSecurityKey> Published, SigningCredentials Signing, byte[] RefreshSecret, OpenIdConnectConfiguration Configuration);
}

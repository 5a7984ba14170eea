using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Security;

/// <summary>Publishes whatever keys a test says, and can hang like a service in trouble.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private volatile TaskCompletionSource? hold;
    private int asked;

    private KeyServer()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet(PublishedKeys.Path, AnswerAsync);
    }

    public IReadOnlyList<ECDsaSecurityKey> Keys { get; set; } = [NewKey()];

    /// <summary>Answers 503.</summary>
    public bool Refuses { get; set; }

    public int Asked => Volatile.Read(ref asked);

    public string Address => app.Urls.First();

    public static async Task<KeyServer> StartAsync()
    {
        var server = new KeyServer();
        await server.app.StartAsync();
        return server;
    }

    public static ECDsaSecurityKey NewKey() =>
        new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = RandomNumberGenerator.GetHexString(16, lowercase: true) };

    public void Hang() => hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => hold?.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        GoOn();
        await app.DisposeAsync();
    }

    private async Task<IResult> AnswerAsync()
    {
        Interlocked.Increment(ref asked);
        await (hold?.Task ?? Task.CompletedTask);
        return Refuses ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Json(new { keys = Keys.Select(Publish) });
    }

    private static object Publish(ECDsaSecurityKey key)
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
        return new { kty = "EC", crv = "P-256", kid = key.KeyId, use = "sig", alg = "ES256", x = jwk.X, y = jwk.Y };
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Museum.TestKit;

/// <summary>
/// Stands where SessionService stands for a service under test: it signs tokens as SessionService does and publishes its key. Put
/// <see cref="Address"/> into the setting <c>Services:sessionservice:http:0</c>.
/// </summary>
public sealed class TokenIssuer : IAsyncLifetime
{
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = RandomNumberGenerator.GetHexString(16, lowercase: true) };
    private WebApplication? app;

    public string Address => app!.Urls.First();

    /// <summary>Visitors' sessions that were ended.</summary>
    public ConcurrentQueue<string> Left { get; } = new();

    public ECDsaSecurityKey Key => key;

    /// <summary>What the JWKS says.</summary>
    public object KeySet
    {
        get
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
            return new { keys = new[] { new { kty = "EC", crv = "P-256", kid = key.KeyId, use = "sig", alg = "ES256", x = jwk.X, y = jwk.Y } } };
        }
    }

    public async Task InitializeAsync()
    {
        // Not the folder of the test: the appsettings.json of the service under test lies there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/jwks.json", () => Results.Json(KeySet));
        app.MapPost("/api/auth/visitor", () =>
        {
            var session = NewSession();
            return Results.Json(new { access_token = Token(session), session_id = session });
        });
        app.MapDelete("/api/session/{session}", (string session) => Left.Enqueue(session));
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        key.ECDsa.Dispose();
    }

    public static string NewSession() => "sess_" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>A visitor's token for a session; <paramref name="change"/> may forge anything in it.</summary>
    public string Token(string? session = null, string role = "visitor", string language = "en", Action<SecurityTokenDescriptor>? change = null)
    {
        session ??= NewSession();
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = "museum",
            Audience = "museum",
            IssuedAt = DateTime.UtcNow,
            NotBefore = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(10),
            Claims = new Dictionary<string, object> { ["sid"] = session, ["sub"] = session, ["roles"] = new[] { role }, ["lang"] = language },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }
}

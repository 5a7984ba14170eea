using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class EdgeTests
{
    public static TheoryData<string> Forgeries => [.. Forge.Keys];

    private static readonly Dictionary<string, Func<TokenIssuer, string>> Forge = new()
    {
        ["unsigned"] = issuer => Unsigned(issuer.Token()),
        ["signed by HMAC with the public key"] = issuer => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(issuer.Key.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.HmacSha256)),
        ["signed by a stranger under our key's name"] = issuer => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(
            new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.EcdsaSha256)),
        ["signed by a stranger"] = issuer => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(
            new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "other" }, SecurityAlgorithms.EcdsaSha256)),
        ["of another issuer"] = issuer => issuer.Token(change: d => d.Issuer = "elsewhere"),
        ["for another audience"] = issuer => issuer.Token(change: d => d.Audience = "elsewhere"),
        ["expired"] = issuer => issuer.Token(change: d => (d.IssuedAt, d.NotBefore, d.Expires) =
            (DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(-1))),
        ["without an end"] = issuer => issuer.Token(change: d => d.Expires = null),
        ["without a session"] = issuer => issuer.Token(change: d => d.Claims.Remove("sid")),
        ["with a changed session"] = issuer => Tampered(issuer.Token()),
        ["not a token"] = _ => "abc.def.ghi",
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_is_refused_that_is(string forgery)
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);

        var response = await gateway.GetAsync("/api/text/x", Forge[forgery](gateway.Issuer));

        await Problem.AssertAsync(response, HttpStatusCode.Unauthorized, "unauthenticated", "client");
    }

    [Fact]
    public async Task Without_a_token_nothing_but_the_ways_in_is_open()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("sessionservice"), new("textservice")]);

        await Problem.AssertAsync(await gateway.Client.GetAsync("/api/text/x"), HttpStatusCode.Unauthorized, "unauthenticated", "client");
        await Problem.AssertAsync(await gateway.Client.GetAsync("/api/auth/me"), HttpStatusCode.Unauthorized, "unauthenticated", "client");
        await Problem.AssertAsync(await gateway.Client.GetAsync("/api/admin/accounts"), HttpStatusCode.Unauthorized, "unauthenticated", "client");
        foreach (var open in new[] { "/api/auth/visitor", "/api/auth/login", "/api/auth/token", "/.well-known/jwks.json", "/api/status", "/openapi/v1.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync(open)).StatusCode);
        }
    }

    [Fact]
    public async Task While_the_signing_keys_cannot_be_had_the_answer_is_503_and_not_401()
    {
        var settings = new Dictionary<string, string> { ["Services:sessionservice:http:0"] = "http://127.0.0.1:9" };
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")], settings);

        await Problem.AssertAsync(await gateway.GetAsync("/api/text/x"), HttpStatusCode.ServiceUnavailable, "signing_keys_unavailable", "dependency");
    }

    [Fact]
    public async Task Who_may_do_more_than_a_visitor_waits_while_the_store_is_away()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);

        var curator = await gateway.GetAsync("/api/text/x", gateway.Issuer.Token(role: "curator"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, curator.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x")).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_for_operators()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["ConnectionStrings:redis"] = redis.ConnectionString });
        await Eventually.TrueAsync(() => gateway.Services.GetRequiredService<RedisStore>().IsConnected);

        await Problem.AssertAsync(await gateway.Client.GetAsync("/metrics"), HttpStatusCode.Unauthorized, "unauthenticated", "client");
        await Problem.AssertAsync(await gateway.GetAsync("/metrics"), HttpStatusCode.Forbidden, "forbidden", "client");
        using var scraper = new HttpClient { BaseAddress = gateway.Client.BaseAddress, Timeout = Eventually.DefaultTimeout };
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", gateway.Issuer.Token(role: "operator"));
        await MetricsPage.CheckAsync(scraper, "museum_breaker_state{", "museum_work_duration_seconds_bucket");
    }

    [Fact]
    public async Task Every_answer_tells_the_browser_what_it_may_do()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        var headers = (await gateway.Client.GetAsync("/api/status")).Headers;

        Assert.Contains("script-src 'self';", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains($"ws://{gateway.Client.BaseAddress!.Authority}", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("microphone=(self)", headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.False(headers.Contains("Server"));
    }

    private static string Unsigned(string token)
    {
        var none = Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        return $"{none}.{token.Split('.')[1]}.";
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1]));
        var session = new JsonWebToken(token).GetClaim("sid").Value;
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload.Replace(session, TokenIssuer.NewSession(), StringComparison.Ordinal))}.{parts[2]}";
    }
}

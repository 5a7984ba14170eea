using System.Net;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Security;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly TokenIssuer issuer = new();
    private DefaultsHost host = null!;

    public async Task InitializeAsync()
    {
        await issuer.InitializeAsync();
        host = await DefaultsHost.StartAsync(issuer, map: app =>
        {
            app.MapGet("/me", (ClaimsPrincipal user) => user.SessionId());
            app.MapGet("/visitors", () => "").RequireAuthorization(p => p.RequireRole(Roles.Visitor));
            app.MapGet("/curators", () => "").RequireAuthorization(Roles.Curator);
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_token_names_its_session()
    {
        using var response = await host.SendAsync(new(HttpMethod.Get, "/me"), issuer.Token("sess_1"));
        Assert.Equal("sess_1", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("not a token")]
    [InlineData("alg none")]
    [InlineData("HS256 keyed by the public key")]
    [InlineData("another's key")]
    [InlineData("another's key under our key's name")]
    [InlineData("expired")]
    [InlineData("not valid yet")]
    [InlineData("no expiry")]
    [InlineData("another issuer")]
    [InlineData("another audience")]
    [InlineData("no session")]
    [InlineData("one letter changed")]
    public async Task A_token_that_is_not_ours_is_refused(string forgery)
    {
        var token = Forge(forgery);
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, "/me"), token);
        Assert.Equal((HttpStatusCode.Unauthorized, "client", "unauthenticated"), (status, (string?)problem["category"], (string?)problem["code"]));
        Assert.NotNull(problem["trace_id"]);
        if (token is not null)
        {
            await Assert.ThrowsAsync<ClientException>(() => host.Get<Museum.ServiceDefaults.Security.TokenReader>().ReadAsync(token, TimeSpan.Zero, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_token_may_have_expired_a_while_ago_where_it_only_asks_for_its_renewal()
    {
        var expired = issuer.Token("sess_1", change: d => (d.NotBefore, d.IssuedAt, d.Expires) = (null, null, DateTime.UtcNow.AddMinutes(-4)));
        var reader = host.Get<Museum.ServiceDefaults.Security.TokenReader>();
        Assert.Equal("sess_1", (await reader.ReadAsync(expired, TimeSpan.FromMinutes(5), CancellationToken.None)).FindFirst(MuseumTokens.SessionClaim)?.Value);
        var refused = await Assert.ThrowsAsync<ClientException>(() => reader.ReadAsync(expired, TimeSpan.FromMinutes(3), CancellationToken.None));
        Assert.Equal(("token_expired", 401), (refused.Code, refused.Status));
    }

    [Fact]
    public async Task A_role_that_is_missing_is_forbidden_as_problem_details()
    {
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, "/curators"), issuer.Token());
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (status, (string?)problem["code"]));
    }

    [Theory]
    [InlineData("curator")]
    [InlineData("operator")]
    [InlineData("admin")]
    public async Task Without_redis_only_visitors_go_on(string role)
    {
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/visitors", issuer.Token()));
        var (status, problem) = await host.ProblemAsync(new(HttpMethod.Get, "/me"), issuer.Token(role: role));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "redis_unavailable", true), (status, (string?)problem["code"], (bool)problem["retryable"]!));
    }

    private string? Forge(string forgery) => forgery switch
    {
        "no token" => null,
        "not a token" => "abc.def.ghi",
        "alg none" => Unsigned(),
        "HS256 keyed by the public key" => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(issuer.Key.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.HmacSha256)),
        "another's key" => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(KeyServer.NewKey(), SecurityAlgorithms.EcdsaSha256)),
        "another's key under our key's name" => issuer.Token(change: d => d.SigningCredentials = new SigningCredentials(
            new ECDsaSecurityKey(KeyServer.NewKey().ECDsa) { KeyId = issuer.Key.KeyId }, SecurityAlgorithms.EcdsaSha256)),
        "expired" => issuer.Token(change: d => (d.NotBefore, d.IssuedAt, d.Expires) = (null, null, DateTime.UtcNow.AddSeconds(-10))),
        "not valid yet" => issuer.Token(change: d => d.NotBefore = DateTime.UtcNow.AddMinutes(1)),
        "no expiry" => issuer.Token(change: d => d.Expires = null),
        "another issuer" => issuer.Token(change: d => d.Issuer = "gallery"),
        "another audience" => issuer.Token(change: d => d.Audience = "gallery"),
        "no session" => issuer.Token(change: d => d.Claims.Remove("sid")),
        "one letter changed" => OneLetterChanged(),
        _ => throw new ArgumentOutOfRangeException(nameof(forgery)),
    };

    private string OneLetterChanged()
    {
        var letters = issuer.Token().ToCharArray();
        // In the middle of the signature: the last letter has bits that mean nothing.
        ref var letter = ref letters[^20];
        letter = letter == 'A' ? 'B' : 'A';
        return new string(letters);
    }

    private string Unsigned()
    {
        var payload = issuer.Token().Split('.')[1];
        return Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + payload + ".";
    }
}

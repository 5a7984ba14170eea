using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class VisitorTests : DataFolder
{
    [Fact]
    public async Task A_visitor_comes_in_without_a_name_and_gets_a_token_that_the_published_key_verifies()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);

        var tokens = await service.VisitorAsync("zh-CN");

        Assert.Matches("^sess_[0-9a-f]{16}$", tokens.Session);
        Assert.InRange(tokens.ExpiresIn, 1, 600);
        var keys = new JsonWebKeySet(await service.Client.GetStringAsync("/.well-known/jwks.json"));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.Access, new TokenValidationParameters
        {
            ValidIssuer = "museum", ValidAudience = "museum", IssuerSigningKeys = keys.GetSigningKeys(), ValidAlgorithms = ["ES256"], ValidTypes = ["at+jwt"],
        });
        Assert.True(result.IsValid);
        Assert.Equal((tokens.Session, "zh"), (result.Claims["sid"], result.Claims["lang"]));
        Assert.Equal(["visitor"], new JsonWebToken(tokens.Access).Claims.Where(c => c.Type == "roles").Select(c => c.Value));
    }

    [Fact]
    public async Task The_published_keys_are_public_halves_and_may_be_cached()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);

        var response = await service.Client.GetAsync("/.well-known/jwks.json");

        var key = Assert.Single((await response.Content.ReadFromJsonAsync<JsonObject>())!["keys"]!.AsArray())!.AsObject();
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.Select(m => m.Key).Order());
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData("en-US", null, "en")]
    [InlineData("zh-Hant-TW", null, "zh")]
    [InlineData(null, "fr;q=1, zh-CN;q=0.9, en;q=0.5", "zh")]
    [InlineData(null, "fr", "en")]
    [InlineData(null, null, "en")]
    public async Task The_language_is_what_is_asked_for_or_what_the_browser_likes(string? asked, string? accepted, string language)
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/visitor") { Content = asked is null ? null : JsonContent.Create(new { language = asked }) };
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        }

        var tokens = await SessionServiceUnderTest.TokensAsync(await service.Client.SendAsync(request));

        Assert.Equal(language, new JsonWebToken(tokens.Access).GetClaim("lang").Value);
    }

    [Theory]
    [InlineData("{\"language\":\"tlh\"}", "application/json", HttpStatusCode.BadRequest, "language_unknown")]
    [InlineData("{\"language\":", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("{\"language\":7}", "application/json", HttpStatusCode.BadRequest, "malformed_request")]
    [InlineData("language=en", "text/plain", HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")]
    public async Task What_is_no_request_is_refused_clearly(string body, string type, HttpStatusCode status, string code)
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);

        await Problem.AssertAsync(await service.Client.PostAsync("/api/auth/visitor", new StringContent(body, Encoding.UTF8, type)), status, code);
    }

    [Fact]
    public async Task Me_says_who_the_token_is()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        var tokens = await service.VisitorAsync("zh");

        var me = await (await service.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal((tokens.Session, "zh"), (me!["session_id"]!.GetValue<string>(), me["language"]!.GetValue<string>()));
        Assert.Null(me["account"]);
        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, "/api/auth/me"), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_visitor_may_administer_nothing()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        var visitor = await service.VisitorAsync();

        foreach (var path in new[] { "/api/admin/accounts", "/api/admin/api-keys" })
        {
            await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, path, visitor.Access), HttpStatusCode.Forbidden, "forbidden");
            await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, path), HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }
}

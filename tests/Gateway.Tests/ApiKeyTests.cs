using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

/// <summary>Programs come in with an API key in place of a token.</summary>
public sealed class ApiKeyTests
{
    private static readonly string Key = KeyOf('k');

    [Fact]
    public async Task A_key_becomes_the_token_of_one_session_and_goes_no_further()
    {
        var asked = 0;
        GatewayUnderTest? house = null;
        var session = new Upstream("sessionservice", app => app.MapPost("/api/auth/token", (Grant grant) =>
        {
            Interlocked.Increment(ref asked);
            return grant.client_secret == Key
                ? Results.Json(new { access_token = house!.Issuer.Token("sess_1"), session_id = "sess_1" })
                : Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }));
        await using var gateway = await GatewayUnderTest.StartAsync([session, new("textservice")]);
        house = gateway;

        var seen = await (await SendAsync(gateway, Key)).Content.ReadFromJsonAsync<Seen>();
        Assert.StartsWith("Bearer ", seen!.Headers["authorization"], StringComparison.Ordinal);
        Assert.False(seen.Headers.ContainsKey("x-api-key"));
        await SendAsync(gateway, Key);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_opens_nothing()
    {
        var asked = 0;
        await using var gateway = await GatewayUnderTest.StartAsync([RefusingAll(() => Interlocked.Increment(ref asked)), new("textservice")]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(gateway, KeyOf('u'))).StatusCode);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("museum_short")]
    [InlineData("Museum_uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu")]
    [InlineData("museum_uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu=")]
    [InlineData("museum_uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu")]
    public async Task What_does_not_look_like_a_key_is_asked_of_nobody(string key)
    {
        var asked = 0;
        await using var gateway = await GatewayUnderTest.StartAsync([RefusingAll(() => Interlocked.Increment(ref asked)), new("textservice")]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(gateway, key)).StatusCode);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Whoever_tries_keys_out_is_sent_away_before_more_of_them_are_looked_up()
    {
        var asked = 0;
        await using var gateway = await GatewayUnderTest.StartAsync(
            [RefusingAll(() => Interlocked.Increment(ref asked)), new("textservice")],
            new Dictionary<string, string> { ["RateLimit:AnonymousPermitLimit"] = "2", ["RateLimit:WindowSeconds"] = "3600" });
        var answers = new List<HttpStatusCode>();
        foreach (var digit in "abcd")
        {
            answers.Add((await SendAsync(gateway, KeyOf(digit))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task While_nobody_can_say_whose_key_it_is_the_answer_is_503_and_not_401()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("sessionservice", app => app.MapPost("/api/auth/token", () => Results.StatusCode(503))), new("textservice")]);
        using var response = await SendAsync(gateway, Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("\"retryable\":true", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string KeyOf(char digit) => "museum_" + new string(digit, 43);

    private static Upstream RefusingAll(Action asked) => new("sessionservice", app => app.MapPost("/api/auth/token", () =>
    {
        asked();
        return Results.Json(new { error = "invalid_client" }, statusCode: 401);
    }));

    private static Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/search/retrieve");
        request.Headers.Add("X-API-Key", key);
        return gateway.Client.SendAsync(request).SoonAsync();
    }

    private sealed record Grant(string grant_type, string client_secret);
}

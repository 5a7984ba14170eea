using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

/// <summary>Programs come in with an API key in place of a token.</summary>
public sealed class ApiKeyTests
{
    private const string Key = "museum_known";

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
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("sessionservice", app => app.MapPost("/api/auth/token", () => Results.Json(new { error = "invalid_client" }, statusCode: 401))), new("textservice")]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(gateway, "museum_unknown")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(gateway, new string('x', 100))).StatusCode);
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

    private static Task<HttpResponseMessage> SendAsync(GatewayUnderTest gateway, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/search/retrieve");
        request.Headers.Add("X-API-Key", key);
        return gateway.Client.SendAsync(request).SoonAsync();
    }

    private sealed record Grant(string grant_type, string client_secret);
}

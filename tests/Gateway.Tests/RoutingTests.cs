using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("/api/auth/me", "sessionservice")]
    [InlineData("/api/session/validate/sess_1", "sessionservice")]
    [InlineData("/api/admin/accounts", "sessionservice")]
    [InlineData("/api/text/process", "textservice")]
    [InlineData("/api/v1/search/retrieve", "textservice")]
    [InlineData("/api/exhibits", "textservice")]
    [InlineData("/api/exhibits/mona-lisa", "textservice")]
    [InlineData("/api/v1/health", "textservice")]
    [InlineData("/api/curator/exhibits", "textservice")]
    [InlineData("/api/audio/stt", "audioservice")]
    [InlineData("/api/audio/tts", "audioservice")]
    [InlineData("/api/audio/process", "audioservice")]
    [InlineData("/api/voice/start", "voicecallservice")]
    [InlineData("/api/admin/voice-quality", "voicecallservice")]
    public async Task Every_path_reaches_its_service(string path, string service)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("sessionservice"), new("textservice"), new("audioservice"), new("voicecallservice")]);

        var response = await gateway.GetAsync(path);

        var seen = await response.Content.ReadFromJsonAsync<Seen>();
        Assert.Equal((service, path), (seen!.Service, seen.Path));
    }

    [Fact]
    public async Task A_request_passes_whole_with_query_body_and_token()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);
        var token = gateway.Issuer.Token();
        using var request = gateway.Request(HttpMethod.Post, "/api/text/process?a=1&b=%E6%98%9F", token);
        request.Content = new StringContent("{\"text\":\"谁画的\"}", Encoding.UTF8, "application/json");

        var seen = await (await gateway.Client.SendAsync(request)).Content.ReadFromJsonAsync<Seen>();

        Assert.Equal("?a=1&b=%E6%98%9F", seen!.Query);
        Assert.Equal("{\"text\":\"谁画的\"}", seen.Body);
        Assert.Equal("Bearer " + token, seen.Headers["authorization"]);
    }

    [Fact]
    public async Task A_client_cannot_forge_the_address_it_comes_from()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);
        using var request = gateway.Request(HttpMethod.Get, "/api/text/x");
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");

        var seen = await (await gateway.Client.SendAsync(request)).Content.ReadFromJsonAsync<Seen>();

        Assert.Equal("127.0.0.1", seen!.Headers["x-forwarded-for"]);
    }

    [Fact]
    public async Task The_trace_of_the_browser_goes_on_behind_the_gateway()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = gateway.Request(HttpMethod.Get, "/api/text/x");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");

        var seen = await (await gateway.Client.SendAsync(request)).Content.ReadFromJsonAsync<Seen>();

        Assert.Equal(trace, seen!.Headers["traceparent"].Split('-')[1]);
    }

    [Fact]
    public async Task Requests_are_spread_over_the_replicas()
    {
        var hits = new int[2];
        await using var gateway = await GatewayUnderTest.StartAsync([.. Enumerable.Range(0, 2).Select(i =>
            new Upstream("textservice", app => app.MapGet("/api/text/x", () => Interlocked.Increment(ref hits[i]))))]);

        for (var i = 0; i < 60; i++)
        {
            (await gateway.GetAsync("/api/text/x")).EnsureSuccessStatusCode();
        }

        Assert.Equal(60, hits.Sum());
        Assert.All(hits, h => Assert.NotEqual(0, h));
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/museum.session.v1.Sessions/Renew")]
    [InlineData("/grpc.health.v1.Health/Check")]
    [InlineData("/api/unknown")]
    [InlineData("/ws/unknown")]
    public async Task What_is_internal_or_unknown_is_not_there(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")]);

        var response = await gateway.GetAsync(path);

        await Problem.AssertAsync(response, HttpStatusCode.NotFound, "not_found", "client");
    }

    [Fact]
    public async Task A_service_s_own_problem_passes_unchanged()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice", app => app.MapPost(
            "/api/text/process", () => Results.Problem(statusCode: 422, detail: "too long", extensions: new Dictionary<string, object?> { ["code"] = "text_too_long" })))]);

        var response = await gateway.Client.SendAsync(gateway.Request(HttpMethod.Post, "/api/text/process"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("text_too_long", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_504()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("textservice", app => app.MapGet("/api/text/slow", async (CancellationToken gone) => await Task.Delay(Timeout.Infinite, gone)))],
            new Dictionary<string, string>(GatewayUnderTest.Unlimited) { ["Gateway:RequestTimeout"] = "00:00:02" });
        // The first request of all waits for keys, connections and cold code too.
        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/api/text/quick")).IsSuccessStatusCode);

        await Problem.AssertAsync(await gateway.GetAsync("/api/text/slow"), HttpStatusCode.GatewayTimeout, "deadline_exceeded", "network");
    }

    [Fact]
    public async Task A_stream_of_sound_may_last_longer_than_an_answer()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("audioservice", app => app.MapPost("/api/audio/tts", async (HttpContext context) =>
            {
                for (var i = 0; i < 40; i++)
                {
                    await context.Response.WriteAsync("chunk ");
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(250);
                }
            }))],
            new Dictionary<string, string> { ["Gateway:RequestTimeout"] = "00:00:08" });

        var response = await gateway.Client.SendAsync(gateway.Request(HttpMethod.Post, "/api/audio/tts"));

        Assert.Equal(40, (await response.Content.ReadAsStringAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_problem_of_a_dependency()
    {
        var text = new Upstream("textservice");
        await using var gateway = await GatewayUnderTest.StartAsync([text], GatewayUnderTest.Watchful);
        (await gateway.GetAsync("/api/text/x")).EnsureSuccessStatusCode();
        await text.StopAsync();

        // First the broken connection (502), then, when its health is known, nobody to ask (503).
        await Problem.AssertAsync(
            await Eventually.GetAsync(async () => await gateway.GetAsync("/api/text/x") is { StatusCode: HttpStatusCode.ServiceUnavailable } r ? r : null),
            HttpStatusCode.ServiceUnavailable,
            "service_unavailable",
            "dependency");
    }
}

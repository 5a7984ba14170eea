using System.Net;
using Microsoft.Extensions.Options;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class RateLimitTests
{
    private static readonly Dictionary<string, string> Three = new() { ["RateLimit:PermitLimit"] = "3" };

    [Fact]
    public async Task Over_its_limit_a_session_gets_429_and_when_to_come_back_and_another_does_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")], Three);
        var token = gateway.Issuer.Token();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x", token)).StatusCode);
        }

        var refused = await gateway.GetAsync("/api/text/x", token);

        await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, "rate_limited", "resource");
        // A minute after the first of them, which may have taken its time.
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 20, 63);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x")).StatusCode);
    }

    [Fact]
    public async Task The_ways_in_are_limited_by_address()
    {
        var settings = new Dictionary<string, string>(Three) { ["RateLimit:AnonymousPermitLimit"] = "2" };
        await using var gateway = await GatewayUnderTest.StartAsync([new("sessionservice")], settings);
        await gateway.Client.PostAsync("/api/auth/visitor", null);
        await gateway.Client.PostAsync("/api/auth/login", null);

        await Problem.AssertAsync(await gateway.Client.PostAsync("/api/auth/visitor", null), HttpStatusCode.TooManyRequests, "rate_limited", "resource");
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/auth/me")).StatusCode);
    }

    [Fact]
    public async Task Health_status_and_the_page_are_not_limited()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(settings: Three);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/health/ready")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api/status")).StatusCode);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await gateway.Client.GetAsync("/favicon.ico")).StatusCode);
        }
    }

    [Fact]
    public async Task Every_counted_answer_says_what_is_left_and_until_when()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice")], Three);
        var token = gateway.Issuer.Token();

        Assert.Equal(("3", "2"), Told(await gateway.GetAsync("/api/text/x", token)));
        Assert.Equal(("3", "1"), Told(await gateway.GetAsync("/api/nowhere", token)));
        var answer = await gateway.GetAsync("/api/text/x", token);
        Assert.Equal("\"visitor\";q=3;w=60", answer.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Matches("^\"visitor\";r=0;t=([2-5][0-9]|6[0-3])$", answer.Headers.GetValues("RateLimit").Single());
        Assert.Equal(("3", "0"), Told(await gateway.GetAsync("/api/text/x", token)));
        Assert.False((await gateway.Client.GetAsync("/api/status")).Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task A_socket_is_counted_once_when_it_opens()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice"), new("textservice")], Three);
        var token = gateway.Issuer.Token();
        for (var i = 0; i < 3; i++)
        {
            using var socket = await gateway.ConnectAsync("/ws/text/stream?access_token=" + token);
        }

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => gateway.ConnectAsync("/ws/text/stream?access_token=" + token));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.GetAsync("/api/text/x", token)).StatusCode);
    }

    [Fact]
    public async Task A_limit_that_makes_no_sense_stops_the_start_and_is_named()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["RateLimit:PermitLimit"] = "0" }));
        Assert.Contains("RateLimit:PermitLimit is '0'; it must lie between 1 and 10000000.", e.Message, StringComparison.Ordinal);
    }

    private static (string, string) Told(HttpResponseMessage answer) =>
        (answer.Headers.GetValues("RateLimit-Limit").Single(), answer.Headers.GetValues("RateLimit-Remaining").Single());
}

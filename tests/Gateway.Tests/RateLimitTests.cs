using System.Net;
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
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
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
}

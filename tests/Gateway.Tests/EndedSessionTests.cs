using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class EndedSessionTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_session_that_was_ended_elsewhere_is_refused_at_the_edge_and_at_the_handshake()
    {
        var settings = new Dictionary<string, string>(GatewayUnderTest.Unlimited) 
        {
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["Resilience:redis:Timeout"] = "00:00:10",
        };
        await using var elsewhere = await GatewayUnderTest.StartAsync(settings: settings);
        await using var gateway = await GatewayUnderTest.StartAsync([new("textservice"), new("voicecallservice")], settings);
        var session = TokenIssuer.NewSession();
        var token = gateway.Issuer.Token(session);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x", token)).StatusCode);
        await Eventually.TrueAsync(() => elsewhere.Services.GetRequiredService<RedisStore>().IsConnected);

        await elsewhere.Services.GetRequiredService<RevokedSessions>().RevokeAsync(session, CancellationToken.None);

        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/api/text/x", token)).StatusCode == HttpStatusCode.Unauthorized);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => gateway.ConnectAsync("/ws/text/stream?access_token=" + token));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x")).StatusCode);
    }
}

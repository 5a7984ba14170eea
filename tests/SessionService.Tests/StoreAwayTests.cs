using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

/// <summary>Each test stops Redis, so each has its own.</summary>
public sealed class StoreAwayTests : DataFolder
{
    [Fact]
    public async Task Visitors_come_and_stay_while_redis_is_away_and_their_sessions_are_there_when_it_is_back()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        var before = await SessionServiceUnderTest.TokensAsync(await here.RefreshAsync((await here.VisitorAsync()).Refresh));
        before = await SessionServiceUnderTest.TokensAsync(await there.RefreshAsync(before.Refresh));

        redis.Stop();
        await here.StoreAsync(connected: false);
        await Eventually.TrueAsync(async () => await StoreCapabilityAsync(here) == "away");
        var during = await here.VisitorAsync();
        Assert.True(await IsValidAsync(here, during));
        Assert.True(await IsValidAsync(here, before));
        during = await SessionServiceUnderTest.TokensAsync(await here.RefreshAsync(during.Refresh));
        before = await SessionServiceUnderTest.TokensAsync(await here.RefreshAsync(before.Refresh));

        // It comes back empty: what this replica knows is written there, and the other replica finds it.
        await redis.StartAsync();
        await here.StoreAsync(connected: true);
        await there.StoreAsync(connected: true);
        await Eventually.TrueAsync(async () => await StoreCapabilityAsync(here) == "ok");
        await Eventually.TrueAsync(async () => await IsValidAsync(there, during) && await IsValidAsync(there, before));
        // While the store was just missed once more, a token is good by its signature, and not to be refreshed yet.
        await Eventually.TrueAsync(async () => (await there.RefreshAsync(during.Refresh)).StatusCode == HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await there.RefreshAsync(before.Refresh)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_visitor_of_another_replica_is_known_by_the_signature_while_redis_is_away()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        var visitor = await there.VisitorAsync();

        redis.Stop();
        await here.StoreAsync(connected: false);

        Assert.True(await IsValidAsync(here, visitor));
    }

    [Fact]
    public async Task A_session_ended_while_redis_is_away_is_refused_elsewhere_when_it_is_back()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        var tokens = await here.VisitorAsync();
        redis.Stop();
        await here.StoreAsync(connected: false);

        var ended = await here.SendAsync(HttpMethod.Delete, "/api/session/" + tokens.Session, tokens.Access);
        Assert.Equal(HttpStatusCode.Accepted, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await here.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode);

        await redis.StartAsync();
        await Eventually.TrueAsync(async () => (await there.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_may_do_more_than_a_visitor_waits_until_redis_is_back()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "first-password"))).Trim();

        redis.Stop();
        await service.StoreAsync(connected: false);
        await Problem.AssertAsync(
            await service.Client.PostAsJsonAsync("/api/auth/login", new { account = "admin", password }), HttpStatusCode.ServiceUnavailable, "redis_unavailable");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.SendAsync(HttpMethod.Get, "/api/admin/accounts", admin.Access)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.RefreshAsync(admin.Refresh)).StatusCode);

        await redis.StartAsync();
        // The breaker lets a first call through when its time has come.
        service.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (await service.SendAsync(HttpMethod.Get, "/api/admin/accounts", admin.Access)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.RefreshAsync(admin.Refresh)).StatusCode);
    }

    [Fact]
    public async Task Memory_is_bounded_and_the_longest_idle_give_way()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, settings: new Dictionary<string, string> { ["Session:MemoryCapacity"] = "2" });
        var first = await service.VisitorAsync();
        var second = await service.VisitorAsync();
        await service.RefreshAsync(first.Refresh);

        await service.VisitorAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await service.RefreshAsync(second.Refresh)).StatusCode);
    }

    private static async Task<bool> IsValidAsync(SessionServiceUnderTest service, Tokens tokens)
    {
        var response = await service.SendAsync(HttpMethod.Get, "/api/session/validate/" + tokens.Session, tokens.Access);
        return response.IsSuccessStatusCode && (await response.Content.ReadFromJsonAsync<JsonObject>())!["valid"]!.GetValue<bool>();
    }

    private static async Task<string> StoreCapabilityAsync(SessionServiceUnderTest service) =>
        (await service.Client.GetFromJsonAsync<JsonObject>("/health"))!["capabilities"]!["store"]!["state"]!.GetValue<string>();
}

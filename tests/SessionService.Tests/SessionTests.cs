using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class SessionTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_session_ended_at_one_replica_is_refused_at_another_by_the_tokens_it_had()
    {
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        var tokens = await here.VisitorAsync();
        Assert.Equal(HttpStatusCode.OK, (await there.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode);

        var ended = await here.SendAsync(HttpMethod.Delete, "/api/session/" + tokens.Session, tokens.Access);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await Problem.AssertAsync(await here.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access), HttpStatusCode.Unauthorized, "unauthenticated");
        await Eventually.TrueAsync(async () => (await there.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode == HttpStatusCode.Unauthorized);
        await Problem.AssertAsync(await there.RefreshAsync(tokens.Refresh), HttpStatusCode.BadRequest, "session_ended");
    }

    [Fact]
    public async Task One_s_own_session_can_be_validated_and_another_s_only_by_operators()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var one = await service.VisitorAsync();
        var other = await service.VisitorAsync();
        var admin = await service.AdminAsync();

        Assert.True(await IsValidAsync(service, one.Session, one.Access));
        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, "/api/session/validate/" + one.Session, other.Access), HttpStatusCode.Forbidden, "session_not_yours");
        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Delete, "/api/session/" + one.Session, other.Access), HttpStatusCode.Forbidden, "session_not_yours");
        Assert.True(await IsValidAsync(service, one.Session, admin.Access));
        Assert.False(await IsValidAsync(service, TokenIssuer.NewSession(), admin.Access));
        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync(HttpMethod.Delete, "/api/session/" + one.Session, admin.Access)).StatusCode);
        Assert.False(await IsValidAsync(service, one.Session, admin.Access));
    }

    [Fact]
    public async Task A_session_ends_when_nothing_is_asked_and_every_use_puts_that_off()
    {
        var settings = new Dictionary<string, string> { ["Session:TimeoutSeconds"] = "20" };
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis, settings);
        var admin = await service.AdminAsync();
        var idle = await service.VisitorAsync();

        // As long before its end as a busy machine needs to ask again, and as long after its beginning.
        const int Later = 13;
        await Eventually.TrueAsync(async () => await RemainingAsync(service, idle.Session, idle.Access) <= Later);
        var tokens = await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(idle.Refresh));

        Assert.InRange(await RemainingAsync(service, tokens.Session, tokens.Access), Later + 1, 20);
        // To look at a session is no use of it.
        await Eventually.TrueAsync(async () => !await IsValidAsync(service, tokens.Session, admin.Access));
    }

    private static async Task<bool> IsValidAsync(SessionServiceUnderTest service, string session, string token) =>
        (await ValidityAsync(service, session, token))["valid"]!.GetValue<bool>();

    private static async Task<int> RemainingAsync(SessionServiceUnderTest service, string session, string token) =>
        (await ValidityAsync(service, session, token))["remaining_seconds"]!.GetValue<int>();

    private static async Task<JsonObject> ValidityAsync(SessionServiceUnderTest service, string session, string token)
    {
        var response = await service.SendAsync(HttpMethod.Get, "/api/session/validate/" + session, token);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
    }
}

using System.Net;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Museum.ServiceDefaults.Tests.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Security;

/// <summary>Two replicas on one Redis.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly TokenIssuer issuer = new();
    private readonly string session = TokenIssuer.NewSession();
    private DefaultsHost here = null!;
    private DefaultsHost there = null!;

    public async Task InitializeAsync()
    {
        await Task.WhenAll(redis.StartAsync(), issuer.InitializeAsync());
        here = await StartAsync();
        there = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        await issuer.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_was_ended_here_is_refused_everywhere_and_others_go_on()
    {
        var token = issuer.Token(session);
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("/me", token));
        await RevokeAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await here.StatusAsync("/me", token));
        await Eventually.TrueAsync(async () => await there.StatusAsync("/me", token) == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("/me", issuer.Token()));
        var refused = await Assert.ThrowsAsync<ClientException>(() => there.Get<TokenReader>().ReadAsync(token, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal("session_ended", refused.Code);
    }

    [Fact]
    public async Task A_session_that_was_ended_without_redis_ends_elsewhere_when_redis_is_back()
    {
        redis.Stop();
        await Eventually.TrueAsync(() => !here.Get<RedisStore>().IsConnected && !there.Get<RedisStore>().IsConnected);
        var refused = await Assert.ThrowsAsync<DependencyException>(() => here.Get<RevokedSessions>().RevokeAsync(session, CancellationToken.None));
        Assert.Equal("redis_unavailable", refused.Code);
        Assert.True(here.Get<RevokedSessions>().Contains(session));
        Assert.False(there.Get<RevokedSessions>().Contains(session));
        await redis.StartAsync();
        await Eventually.TrueAsync(() => there.Get<RevokedSessions>().Contains(session));
    }

    [Fact]
    public async Task What_was_ended_is_forgotten_when_no_token_of_it_can_live_any_more()
    {
        await redis.RunAsync(async db =>
        {
            await db.SortedSetAddAsync(RevokedSessions.Key, [new("living", Until(minutes: 1)), new("forgotten", Until(minutes: -1))]);
            return await VersionedStateWatcher.AnnounceAsync(db, "revoked-sessions");
        });
        await Eventually.TrueAsync(() => there.Get<RevokedSessions>().Contains("living"));
        Assert.False(there.Get<RevokedSessions>().Contains("forgotten"));
        Assert.Equal(1, await redis.RunAsync(db => db.SortedSetLengthAsync(RevokedSessions.Key)));
    }

    private static double Until(int minutes) => DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds();

    /// <summary>Again, where a busy machine kept Redis from answering within its 500 ms.</summary>
    private Task RevokeAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            await here.Get<RevokedSessions>().RevokeAsync(session, CancellationToken.None);
            return true;
        }
        catch (DependencyException)
        {
            return false;
        }
    });

    private async Task<DefaultsHost> StartAsync()
    {
        var host = await DefaultsHost.StartAsync(issuer, map: app => app.MapGet("/me", () => ""), settings: [("ConnectionStrings:redis", redis.ConnectionString), ("Resilience:redis:Timeout", "00:00:10")]);
        await Eventually.TrueAsync(() => host.Get<RedisStore>().IsConnected);
        return host;
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Museum.SessionService.Tokens;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class KeyTests : DataFolder
{
    [Fact]
    public async Task The_keys_are_made_once_for_their_owner_only_and_outlive_a_restart()
    {
        Tokens tokens;
        await using (var first = await SessionServiceUnderTest.StartAsync(Data))
        {
            tokens = await first.VisitorAsync();
        }

        await using var second = await SessionServiceUnderTest.StartAsync(Data);

        Assert.Equal(HttpStatusCode.OK, (await second.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "session", "signing-keys.json")));
    }

    [Fact]
    public async Task A_new_key_is_published_before_it_signs_and_the_old_one_until_its_last_token_is_over()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        var ring = service.Services.GetRequiredService<KeyRing>();
        var old = KidOf(await service.VisitorAsync());

        service.Time.Advance(TimeSpan.FromDays(31));
        ring.Refresh();
        Assert.Equal(2, (await PublishedAsync(service)).Count);
        Assert.Equal(old, KidOf(await service.VisitorAsync()));

        service.Time.Advance(KeySchedule.PublishAhead);
        ring.Refresh();
        var next = KidOf(await service.VisitorAsync());
        Assert.NotEqual(old, next);
        Assert.Equal(2, (await PublishedAsync(service)).Count);

        service.Time.Advance(KeySchedule.RetireAfter);
        ring.Refresh();
        Assert.Equal([next], await PublishedAsync(service));
    }

    [Fact]
    public async Task Replicas_that_start_together_share_their_keys_and_their_first_admin()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SessionServiceUnderTest.StartAsync(Data)));
        try
        {
            var keys = await Task.WhenAll(replicas.Select(PublishedAsync));
            Assert.All(keys, k => Assert.Equal(keys[0], k));
        }
        finally
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task An_access_token_is_over_after_ten_minutes()
    {
        // The check of tokens runs on the machine's clock, so the service signs eleven minutes ago.
        var time = new ManualTime(realTimers: true);
        time.Advance(TimeSpan.FromMinutes(-11));
        await using var service = await SessionServiceUnderTest.StartAsync(Data, time: time);

        var tokens = await service.VisitorAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode);
    }

    private static string KidOf(Tokens tokens) => new JsonWebToken(tokens.Access).Kid;

    private static async Task<IReadOnlyList<string>> PublishedAsync(SessionServiceUnderTest service) =>
        [.. new JsonWebKeySet(await service.Client.GetStringAsync("/.well-known/jwks.json")).Keys.Select(k => k.Kid)];
}

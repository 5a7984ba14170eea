using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Museum.Gateway.Limits;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

/// <summary>Two gateways and one real Redis.</summary>
public sealed class SharedLimitTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private GatewayUnderTest one = null!;
    private GatewayUnderTest two = null!;

    public async Task InitializeAsync()
    {
        await redis.StartAsync();
        one = await StartAsync(null);
        two = await StartAsync(one.Issuer.Address);
        await AgreeAsync();
    }

    public async Task DisposeAsync()
    {
        await two.DisposeAsync();
        await one.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Two_gateways_together_let_through_no_more_than_the_limit_however_many_ask_at_once()
    {
        var token = one.Issuer.Token();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : two).GetAsync("/api/text/x", token)));

        Assert.Equal(10, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, a.StatusCode);
            Assert.Equal("0", a.Headers.GetValues("RateLimit-Remaining").Single());
        });
        Assert.Equal(Enumerable.Range(0, 10), answers.Where(a => a.IsSuccessStatusCode).Select(a => int.Parse(a.Headers.GetValues("RateLimit-Remaining").Single(), CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task Killed_Redis_leaves_each_gateway_to_count_for_itself_and_unites_them_when_it_is_back()
    {
        var token = one.Issuer.Token();
        await SpendAsync(one, token, 4);

        redis.Stop();

        // Each remembers what it let through itself.
        await SpendAsync(one, token, 6);
        await RefusedAsync(one, token);
        await SpendAsync(two, token, 10);
        await RefusedAsync(two, token);
        Assert.Equal(("degraded", "degraded"), (await ReadingAsync(one), await ReadingAsync(two)));
        var alone = await LimitAsync(one);
        Assert.Equal("this_gateway", (string?)alone["counted_by"]);
        Assert.Contains("Redis", (string?)alone["reason"], StringComparison.Ordinal);

        await redis.StartAsync();
        await AgreeAsync();
        var together = await LimitAsync(one);
        Assert.Equal(("all_gateways", 10, 60), ((string?)together["counted_by"], (int)together["limit"]!, (int)together["window_seconds"]!));
        Assert.Null(together["reason"]);
        var other = one.Issuer.Token();
        await SpendAsync(one, other, 5);
        await SpendAsync(two, other, 5);
        await RefusedAsync(one, other);
    }

    [Fact]
    public async Task Frozen_Redis_is_waited_for_once_and_not_asked_again_before_it_answers()
    {
        redis.Freeze();
        var token = one.Issuer.Token();
        await SpendAsync(one, token, 10);
        await RefusedAsync(one, token);
        Assert.Equal("degraded", await ReadingAsync(one));
        var asking = one.Services.GetRequiredService<SharedWindows>().TakeAsync(new("visitor", "somebody", 10, 60), default);
        Assert.True(asking.IsCompletedSuccessfully);
        Assert.Null(await asking);

        redis.Thaw();
        await AgreeAsync();
        Assert.Equal(HttpStatusCode.OK, (await two.GetAsync("/api/text/x", token)).StatusCode);
    }

    private Task<GatewayUnderTest> StartAsync(string? issuer) => GatewayUnderTest.StartAsync([new("textservice")], new Dictionary<string, string>
    {
        ["ConnectionStrings:redis"] = redis.ConnectionString,
        ["RateLimit:PermitLimit"] = "10",
        // Patient, for the tests run on a busy machine; the reading must not depend on it.
        ["RateLimit:StoreTimeout"] = "00:00:05",
        ["Resilience:redis:Timeout"] = "00:00:10",
        ["Services:sessionservice:http:0"] = issuer ?? "",
    }.Where(s => s.Value.Length > 0).ToDictionary());

    private async Task AgreeAsync() => await Eventually.TrueAsync(async () => await ReadingAsync(one) == "ok" && await ReadingAsync(two) == "ok");

    private static async Task SpendAsync(GatewayUnderTest gateway, string token, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/api/text/x", token)).StatusCode);
        }
    }

    private static async Task RefusedAsync(GatewayUnderTest gateway, string token) =>
        await Problem.AssertAsync(await gateway.GetAsync("/api/text/x", token), HttpStatusCode.TooManyRequests, "rate_limited", "resource");

    private static async Task<JsonNode> LimitAsync(GatewayUnderTest gateway) =>
        JsonNode.Parse(await gateway.Client.GetStringAsync("/api/status"))!["rate_limit"]!;

    private static async Task<string?> ReadingAsync(GatewayUnderTest gateway) =>
        (string?)JsonNode.Parse(await gateway.Client.GetStringAsync("/health"))!["capabilities"]!["rate_limit"]!["state"];
}

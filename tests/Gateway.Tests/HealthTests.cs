using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_replica_that_is_not_ready_gets_no_requests_until_it_is()
    {
        var (replicas, answered) = Replicas();
        await using var gateway = await GatewayUnderTest.StartAsync(replicas, GatewayUnderTest.Watchful);
        await SeenAsync(gateway, answered, 0, 1);

        replicas[0].IsReady = false;
        await Eventually.TrueAsync(() => OnlyAsync(gateway, answered, 1));

        replicas[0].IsReady = true;
        await SeenAsync(gateway, answered, 0, 1);
    }

    [Fact]
    public async Task A_replica_that_died_is_left_out_and_taken_back_when_it_is_born_again()
    {
        var (replicas, answered) = Replicas();
        await using var gateway = await GatewayUnderTest.StartAsync(replicas, GatewayUnderTest.Watchful);
        await SeenAsync(gateway, answered, 0, 1);

        await replicas[0].StopAsync();
        await Eventually.TrueAsync(() => OnlyAsync(gateway, answered, 1));

        await replicas[0].StartAsync();
        await SeenAsync(gateway, answered, 0, 1);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task The_gateway_itself_is_live_and_ready_with_every_service_away(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync(path)).StatusCode);
    }

    private static (Upstream[] Replicas, ConcurrentBag<int> Answered) Replicas()
    {
        var answered = new ConcurrentBag<int>();
        return ([.. Enumerable.Range(0, 2).Select(i => new Upstream("textservice", app => app.MapGet("/api/text/x", () => answered.Add(i))))], answered);
    }

    private static Task SeenAsync(GatewayUnderTest gateway, ConcurrentBag<int> answered, params int[] replicas)
    {
        answered.Clear();
        return Eventually.TrueAsync(async () =>
        {
            await gateway.GetAsync("/api/text/x");
            return replicas.All(answered.Contains);
        });
    }

    /// <summary>Twenty requests in a row, all answered, and all by this replica.</summary>
    private static async Task<bool> OnlyAsync(GatewayUnderTest gateway, ConcurrentBag<int> answered, int replica)
    {
        answered.Clear();
        for (var i = 0; i < 20; i++)
        {
            if (!(await gateway.GetAsync("/api/text/x")).IsSuccessStatusCode)
            {
                return false;
            }
        }

        return answered.All(a => a == replica);
    }
}

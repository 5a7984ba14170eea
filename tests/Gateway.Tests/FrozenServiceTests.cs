using System.Net;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class FrozenServiceTests
{
    // Neither the request's time-out nor the active check is what answers here.
    private static readonly Dictionary<string, string> Patient = new()
    {
        ["Gateway:RequestTimeout"] = "00:10:00",
        ["Gateway:HealthInterval"] = "00:01:00",
        // Longer than a busy machine keeps one that runs from answering.
        ["Gateway:PulseTimeout"] = "00:00:03",
        ["RateLimit:PermitLimit"] = "1000000",
    };

    [Fact]
    public async Task A_frozen_service_is_a_503_that_says_when_to_come_back_and_answers_again_when_it_runs()
    {
        await using var text = await FileServer.StartAsync("/health/ready", "/health/live", "/api/text/x");
        await using var gateway = await GatewayUnderTest.StartAsync(settings: new Dictionary<string, string>(Patient) { ["Services:textservice:http:0"] = text.Address });
        (await gateway.GetAsync("/api/text/x")).EnsureSuccessStatusCode();

        text.Freeze();
        try
        {
            using var response = await gateway.GetAsync("/api/text/x");
            Assert.NotNull(response.Headers.RetryAfter);
            await Problem.AssertAsync(response, HttpStatusCode.ServiceUnavailable, "service_unavailable", "dependency");
        }
        finally
        {
            text.Thaw();
        }

        await Eventually.TrueAsync(async () => (await gateway.GetAsync("/api/text/x")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_service_that_thinks_long_and_lives_is_waited_for()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looks = 0;
        var text = new Upstream("textservice", app =>
        {
            app.MapGet("/health/live", () => Interlocked.Increment(ref looks) == 3 && goOn.TrySetResult());
            app.MapGet("/api/text/slow", async () =>
            {
                await goOn.Task.SoonAsync();
                return "thought";
            });
        });
        await using var gateway = await GatewayUnderTest.StartAsync([text], Patient);
        Assert.Equal("thought", await (await gateway.GetAsync("/api/text/slow")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_service_that_lived_a_moment_ago_and_misses_one_look_is_waited_for()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looks = 0;
        var audio = new Upstream("audioservice", app =>
        {
            app.MapGet("/health/live", async (CancellationToken ct) =>
            {
                var look = Interlocked.Increment(ref looks);
                if (look == 2)
                {
                    await Task.Delay(Timeout.Infinite, ct);
                }

                return look >= 3 && goOn.TrySetResult();
            });
            app.MapGet("/api/audio/slow", async () =>
            {
                await goOn.Task.SoonAsync();
                return "heard";
            });
        });
        await using var gateway = await GatewayUnderTest.StartAsync([audio], Patient);
        Assert.Equal("heard", await (await gateway.GetAsync("/api/audio/slow")).Content.ReadAsStringAsync());
    }
}

using System.Net;
using Museum.ServiceDefaults.Limits;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Limits;

public sealed class EndpointLimitTests
{
    [Fact]
    public async Task Above_its_limit_an_endpoint_answers_server_busy_and_when_to_come_back()
    {
        var (begun, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await StartAsync(async () =>
        {
            begun.TrySetResult();
            await leave.Task;
            return "done";
        });
        var first = host.Client.GetStringAsync("/limited");
        await begun.Task.SoonAsync();

        using var refused = await host.Client.GetAsync("/limited");
        await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, "server_busy", "resource");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Equal("free", await host.Client.GetStringAsync("/unlimited"));

        leave.SetResult();
        Assert.Equal("done", await first);
        await FreeAsync(host);
        Assert.Equal("done", await host.Client.GetStringAsync("/limited"));
    }

    [Fact]
    public async Task A_streamed_answer_keeps_its_place_until_it_is_sent()
    {
        var leave = new TaskCompletionSource();
        await using var host = await StartAsync(() => Results.Stream(async stream =>
        {
            await stream.WriteAsync("begun "u8.ToArray());
            await stream.FlushAsync();
            await leave.Task;
        }));
        using var streaming = await host.Client.GetAsync("/limited", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.Client.GetAsync("/limited")).StatusCode);
        leave.SetResult();
        Assert.Equal("begun ", await streaming.Content.ReadAsStringAsync());
        await FreeAsync(host);
    }

    [Fact]
    public async Task What_fails_gives_its_place_back()
    {
        await using var host = await StartAsync(string () => throw new InvalidOperationException());
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/limited")).StatusCode);
            await FreeAsync(host);
        }
    }

    /// <summary>A client may have its answer a moment before the request's place is given back.</summary>
    private static Task FreeAsync(DefaultsHost host) => Eventually.TrueAsync(() => host.App.Services.GetRequiredKeyedService<AdaptiveLimiter>("one").InFlight == 0);

    private static Task<DefaultsHost> StartAsync(Delegate handler) => DefaultsHost.StartAsync(
        configure: builder => builder.Services.AddLimit("one", atOnce: 1),
        map: app =>
        {
            app.MapGet("/limited", handler).AllowAnonymous().WithLimit("one");
            app.MapGet("/unlimited", () => "free").AllowAnonymous();
        },
        settings: ("Limits:one:Queue", "0"));
}

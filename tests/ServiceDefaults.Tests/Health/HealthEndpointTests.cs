using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Health;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/alive")]
    public async Task A_running_service_is_well_and_asks_for_no_token(string path)
    {
        await using var host = await DefaultsHost.StartAsync();
        var health = await host.Client.GetFromJsonAsync<JsonObject>(path);
        Assert.Equal("healthy", (string?)health!["status"]);
    }

    [Fact]
    public async Task A_capability_is_told_with_its_state_since_and_reason()
    {
        var time = new ManualTime(realTimers: true);
        await using var host = await DefaultsHost.StartAsync(configure: b => b.Services.AddSingleton<TimeProvider>(time));
        host.Get<Capabilities>().Report("voice", CapabilityState.Degraded, "flite is missing");
        time.Advance(TimeSpan.FromMinutes(1));
        var voice = (await host.HealthAsync())["capabilities"]!["voice"]!;
        Assert.Equal(
            ("degraded", "flite is missing", time.GetUtcNow() - TimeSpan.FromMinutes(1)),
            ((string?)voice["state"], (string?)voice["reason"], (DateTimeOffset)voice["since"]!));
    }

    [Fact]
    public async Task A_breaker_is_told_for_every_pipeline_with_its_state_and_since_when()
    {
        await using var host = await DefaultsHost.StartAsync(configure: b => b.Services.AddPipeline("srs", o => (o.Retries, o.BreakerThroughput) = (0, 2)));
        var before = (await host.HealthAsync())["breakers"]!;
        Assert.Equal(["redis", "sessionservice", "srs"], before.AsObject().Select(b => b.Key));
        Assert.All(before.AsObject(), b => Assert.Equal("closed", (string?)b.Value!["state"]));

        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<DependencyException>(() => host.Get<Pipelines>().Of("srs").ExecuteAsync(ValueTask (_) => throw new DependencyException("x", "x")).AsTask());
        }

        var srs = (await host.HealthAsync())["breakers"]!["srs"]!;
        Assert.Equal("open", (string?)srs["state"]);
        Assert.True((DateTimeOffset)srs["since"]! > (DateTimeOffset)before["srs"]!["since"]!);
    }

    [Fact]
    public async Task A_draining_service_is_unready_and_says_so_while_it_lives()
    {
        var seen = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(configure: b => b.Services.AddHostedService(_ => new LastWork(seen.Task)));
        host.Get<IHostApplicationLifetime>().StopApplication();
        var stopping = host.App.StopAsync();
        using var ready = await host.Client.GetAsync("/health/ready");
        using var live = await host.Client.GetAsync("/health/live");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        var checks = (await ready.Content.ReadFromJsonAsync<JsonObject>())!["checks"]!;
        Assert.Equal("draining", (string?)checks["draining"]!["description"]);
        seen.SetResult();
        await stopping.SoonAsync();
    }

    [Fact]
    public async Task Without_redis_and_broker_a_service_is_ready_and_says_what_is_away()
    {
        await using var host = await DefaultsHost.StartAsync(
            configure: b => Messaging.EventHost.AddBroker(b),
            settings: [("ConnectionStrings:redis", "127.0.0.1:1"), ("ConnectionStrings:messaging", "amqp://127.0.0.1:1")]);
        await Eventually.TrueAsync(async () => (await host.HealthAsync())["capabilities"]!.AsObject().Count >= 2);
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/health/ready", null));
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/health", null));
        foreach (var (_, reading) in (await host.HealthAsync())["capabilities"]!.AsObject())
        {
            Assert.Equal("away", (string?)reading!["state"]);
            Assert.NotNull(reading["reason"]);
        }
    }

    [Fact]
    public async Task Unconfigured_redis_and_broker_are_away_with_the_key_that_is_missing()
    {
        await using var host = await DefaultsHost.StartAsync(configure: b => Messaging.EventHost.AddBroker(b));
        var capabilities = (await host.HealthAsync())["capabilities"]!;
        Assert.Contains("ConnectionStrings:redis", (string?)capabilities["store"]!["reason"], StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:messaging", (string?)capabilities["events"]!["reason"], StringComparison.Ordinal);
    }

    /// <summary>Work that a stopping service still finishes, before it stops listening.</summary>
    private sealed class LastWork(Task done) : IHostedLifecycleService
    {
        public Task StoppingAsync(CancellationToken cancellationToken) => done;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

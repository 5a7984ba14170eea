using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Degradation;

/// <summary>The capability <c>voice</c> of two speakers, and <c>only</c> of the best alone, on a clock that the test moves.</summary>
internal sealed class Guide : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Providers<Speaker> speakers;

    public Guide(bool bestHasPipeline = false)
    {
        var collection = new ServiceCollection().AddLogging(l => l.AddProvider(Logs)).AddMetrics().AddSingleton<TimeProvider>(Clock).AddSingleton<Capabilities>();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        collection.AddPipeline("best", o => (o.Retries, o.BreakerThroughput) = (0, 3));
        collection.AddProviders<Speaker>(_ => [Best.Plan(bestHasPipeline ? "best" : null), Second.Plan()], _ => [new("voice", "best", "second"), new("only", "best")]);
        services = collection.BuildServiceProvider();
        speakers = services.GetRequiredService<Providers<Speaker>>();
    }

    public ManualTime Clock { get; } = new();

    public CapturedLogs Logs { get; } = new();

    public Speaker Best { get; } = new("best");

    public Speaker Second { get; } = new("second");

    public Capability<Speaker> Voice => speakers.Capabilities["voice"];

    public CapabilityReading? Reading => services.GetRequiredService<Capabilities>().Snapshot().GetValueOrDefault("voice");

    public Breaker Breaker => services.GetRequiredService<Pipelines>().BreakerOf("best");

    public Task StartAsync() => speakers.StartAsync(default);

    public Task<string> AskAsync(CancellationToken ct = default) => Voice.UseAsync((speaker, token) => speaker.SayAsync(token), ct).SoonAsync();

    public Task<string> AskOnlyBestAsync() => speakers.Capabilities["only"].UseAsync((speaker, token) => speaker.SayAsync(token), default).SoonAsync();

    public Task StateAsync(CapabilityState state) => Eventually.TrueAsync(() => Reading?.State == state);

    /// <summary>Moves the clock to the best speaker's next look, which is due so soon.</summary>
    public async Task LookAfterAsync(double seconds)
    {
        await Eventually.TrueAsync(() => Clock.Waiting == 2 && Clock.UntilNext == TimeSpan.FromSeconds(seconds));
        await NextLookAsync();
    }

    public async Task NextLookAsync()
    {
        var before = Best.Probes + Best.Loads;
        while (Best.Probes + Best.Loads == before)
        {
            // Both speakers wait for their next look: what went before is over.
            await Eventually.TrueAsync(() => Clock.Waiting == 2);
            Clock.Advance(Clock.UntilNext ?? TimeSpan.Zero);
            await Eventually.TrueAsync(() => Clock.Waiting == 2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await speakers.StopAsync(default);
        await services.DisposeAsync();
    }
}

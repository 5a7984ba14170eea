using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Museum.ServiceDefaults.Limits;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Limits;

/// <summary>A limit as a service registers it, whose clock the test moves.</summary>
internal sealed class LimiterUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly IConfigurationRoot configuration;

    public LimiterUnderTest(int atOnce = 2, params (string Key, string Value)[] settings)
    {
        configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => "Limits:chat:" + s.Key, s => (string?)s.Value)).Build();
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock);
        services.AddLimit("chat", atOnce);
        provider = services.BuildServiceProvider();
        Meter = new MeterReadings(provider.GetRequiredService<IMeterFactory>(), LimitMetrics.MeterName);
        Limiter = provider.GetRequiredKeyedService<AdaptiveLimiter>("chat");
    }

    public ManualTime Clock { get; } = new();

    public MeterReadings Meter { get; }

    public AdaptiveLimiter Limiter { get; }

    public Task<RateLimitLease> AcquireAsync(string session = "a", CancellationToken ct = default) => Limiter.AcquireAsync(session, 1, ct).AsTask().SoonAsync();

    public async Task<RateLimitLease[]> FillAsync() => await Task.WhenAll(Enumerable.Range(0, Limiter.Limit - Limiter.InFlight).Select(_ => AcquireAsync()));

    /// <summary>A window in which admitted work waited so long.</summary>
    public void PassWindow(TimeSpan wait)
    {
        Limiter.Observe(wait);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Limiter.Observe(wait);
    }

    public void Set(string key, string value)
    {
        configuration["Limits:chat:" + key] = value;
        configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        Meter.Dispose();
        await provider.DisposeAsync();
    }
}

using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Limits;

namespace Museum.Benchmarks.Micro;

/// <summary>Every request to <c>/api/text</c> and <c>/api/audio</c> is admitted by one.</summary>
public class LimiterBenchmarks
{
    private readonly ServiceProvider provider;
    private readonly AdaptiveLimiter limiter;

    public LimiterBenchmarks()
    {
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLimit("chat", atOnce: 20);
        provider = services.BuildServiceProvider();
        limiter = provider.GetRequiredKeyedService<AdaptiveLimiter>("chat");
    }

    [GlobalCleanup]
    public ValueTask Close() => provider.DisposeAsync();

    [Benchmark]
    [Goal(Nanoseconds = 1000, Bytes = 300)]
    public async Task Be_admitted_and_leave()
    {
        using var lease = await limiter.AcquireAsync("sess_0123456789abcdef", 1, CancellationToken.None);
    }
}

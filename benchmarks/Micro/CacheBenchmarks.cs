using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Health;

namespace Museum.Benchmarks.Micro;

/// <summary>Every answer and every sentence is looked for in memory first, among some thousand others.</summary>
public class CacheBenchmarks
{
    private static readonly Task<string> Made = Task.FromResult("made");

    private readonly ServiceProvider provider = new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton(TimeProvider.System)
        .AddSingleton<Capabilities>()
        .AddCache(new CacheKind<string>("texts") { SizeOf = text => text.Length })
        .BuildServiceProvider();

    private readonly CacheKey[] keys = [.. Enumerable.Range(0, 4_096).Select(i => Key($"What is the number {i}?"))];
    private ICache<string> cache = null!;
    private int next;

    [GlobalSetup]
    public void Fill()
    {
        cache = provider.GetRequiredService<ICache<string>>();
        foreach (var key in keys)
        {
            cache.Set(key, "value");
        }
    }

    [GlobalCleanup]
    public void Clean() => provider.Dispose();

    [Benchmark]
    [Goal(Nanoseconds = 1000, Bytes = 300)]
    public ValueTask<string> Hit_in_memory() => cache.GetOrCreateAsync(keys[next++ & 4_095], static _ => Made);

    // SHA-256 of some 200 bytes, once a question or sentence.
    [Benchmark]
    [Goal(Nanoseconds = 2000, Bytes = 300)]
    public CacheKey Make_a_key() => Key("Who painted The Starry Night, and when?");

    [Benchmark]
    [Goal(Nanoseconds = 3000, Bytes = 300)]
    public ValueTask<string> Make_a_key_and_hit() => cache.GetOrCreateAsync(Key("What is the number 7?"), static _ => Made);

    private static CacheKey Key(string question) => CacheKey.Of(
        ("build", "6f1d0c1e5f0a4f3f8f0a6c1e5f0a4f3f"), ("content", "0123456789abcdef"), ("question", question), ("answer_in", "en"), ("topics", ""), ("retrieval", "yes"), ("model", null));
}

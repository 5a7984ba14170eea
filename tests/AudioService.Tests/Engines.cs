using Microsoft.Extensions.Options;
using Museum.AudioService.Espeak;
using Museum.AudioService.Festival;
using Museum.AudioService.Flite;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Tests;

/// <summary>The real engines, as the service has them, shared by the tests of a class.</summary>
public sealed class Engines : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TtsOptions Default = new()
    {
        Providers = new()
        {
            ["en"] = [FliteSynthesizer.ProviderName, EspeakSynthesizer.ProviderName],
            ["zh"] = [EspeakSynthesizer.ProviderName],
        },
    };

    // On a busy machine an engine's start alone may take ten seconds.
    private static readonly KeyValuePair<string, string?>[] Patient =
        [.. new[] { FliteSynthesizer.ProviderName, EspeakSynthesizer.ProviderName, FestivalSynthesizer.ProviderName }.Select(pool => KeyValuePair.Create($"Pools:{pool}:Timeout", (string?)"00:01:00"))];

    private readonly ServiceProvider provider;

    public Engines()
        : this(Default)
    {
    }

    internal Engines(TtsOptions options, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton<IOptionsFactory<TtsOptions>>(new Made(options));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([.. Patient, .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]).Build());
        services.AddSingleton(time ?? TimeProvider.System).AddSingleton(SoundCaches.WithoutRoom()).AddSpeechEngines();
        provider = services.BuildServiceProvider();
    }

    internal static IOptions<TtsOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(Default);

    internal ResourcePool<EspeakWorker> Workers => provider.GetRequiredService<ResourcePool<EspeakWorker>>();

    internal ResourcePool<FestivalWorker> Festivals => provider.GetRequiredService<ResourcePool<FestivalWorker>>();

    internal FliteSynthesizer Flite => provider.GetRequiredService<FliteSynthesizer>();

    internal EspeakSynthesizer Espeak => provider.GetRequiredService<EspeakSynthesizer>();

    internal Narrator Narrator => provider.GetRequiredService<Narrator>();

    internal ISpeechSynthesizer ByName(string name) => provider.GetServices<ISpeechSynthesizer>().Single(s => s.Name == name);

    /// <summary>All of them: a first caller is served by whoever is up first, and that may be the lesser one.</summary>
    public async Task InitializeAsync()
    {
        var voices = provider.GetRequiredService<Providers<ISpeechSynthesizer>>();
        await voices.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => voices.Capabilities.Values.All(c => c.Providers.All(p => p.IsUp)));
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private sealed class Made(TtsOptions options) : IOptionsFactory<TtsOptions>
    {
        public TtsOptions Create(string name) => options;
    }
}

/// <summary>A sentence as it was heard.</summary>
internal sealed record Heard(int SampleRate, short[] Pcm, TimedWord[] Words, TimedPhone[] Phones)
{
    public double Seconds => (double)Pcm.Length / SampleRate;

    public double Rms => Math.Sqrt(Pcm.Average(s => s / 32768.0 * (s / 32768.0)));

    /// <summary>Where the sound starts and ends: the first and the last 5 ms that are louder than −40 dB.</summary>
    public (int First, int Last) Audible
    {
        get
        {
            var frame = SampleRate / 200;
            var loud = Pcm.Chunk(frame).Select(f => Math.Sqrt(f.Average(s => (double)s * s)) > 328).ToList();
            return (loud.IndexOf(true) * frame, (loud.LastIndexOf(true) + 1) * frame);
        }
    }

    public static async Task<Heard> AllAsync(IAsyncEnumerable<SpeechPiece> pieces)
    {
        var all = new List<SpeechPiece>();
        await foreach (var piece in pieces)
        {
            all.Add(piece);
        }

        return new Heard(
            all[0].SampleRate,
            [.. all.SelectMany(p => p.Pcm.ToArray())],
            [.. all.SelectMany(p => p.Words)],
            [.. all.SelectMany(p => p.Phones)]);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Museum.AudioService.Espeak;
using Museum.AudioService.Flite;
using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Tests;

/// <summary>The real engines, as the service has them, shared by the tests of a class.</summary>
public sealed class Engines : IAsyncLifetime, IAsyncDisposable
{
    internal static readonly IOptions<TtsOptions> Options = Microsoft.Extensions.Options.Options.Create(new TtsOptions
    {
        Providers = new()
        {
            ["en"] = [FliteSynthesizer.ProviderName, EspeakSynthesizer.ProviderName],
            ["zh"] = [EspeakSynthesizer.ProviderName],
        },
    });

    internal FliteSynthesizer Flite { get; } = new(Options);

    internal EspeakPool Pool { get; } = new(Options, TimeProvider.System, NullLogger<EspeakPool>.Instance);

    internal EspeakSynthesizer Espeak => new(Pool, Options);

    internal Narrator Narrator => new([Flite, Espeak, new ScriptedSynthesizer()], Options);

    internal ISpeechSynthesizer ByName(string name) => name switch
    {
        FliteSynthesizer.ProviderName => Flite,
        EspeakSynthesizer.ProviderName => Espeak,
        _ => new ScriptedSynthesizer(),
    };

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Flite.Dispose();
        await Pool.DisposeAsync();
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

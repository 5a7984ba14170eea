using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Museum.AudioService.Encodings;
using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;
using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Vocabulary;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>The real recogniser with the sample museum's words, and flite's voices to speak to it.</summary>
public sealed class Ears : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("museum-ears-").FullName;
    private readonly Engines voices = new();
    private readonly ServiceProvider services;

    public Ears()
    {
        var builder = AudioHost.Builder(new() { ["MUSEUM_DATA"] = data, ["Stt:Providers:en:0"] = SphinxRecognizer.ProviderName, ["Stt:Providers:xx:0"] = ScriptedRecognizer.ProviderName });
        // Stands still: what may be heard again for some seconds is heard to its end, however busy the machine is.
        builder.Services.AddSingleton<TimeProvider>(new ManualTime());
        builder.Services.AddSingleton(new MuseumPaths(builder.Configuration, builder.Environment));
        builder.AddRecognition();
        services = builder.Services.BuildServiceProvider();
    }

    internal SphinxModelStore Store => services.GetRequiredService<SphinxModelStore>();

    internal SphinxDecoders Decoders => services.GetRequiredService<SphinxDecoders>();

    internal ResourcePool<SphinxEar> Pool => services.GetRequiredService<ResourcePool<SphinxEar>>();

    internal ResourcePool<EngineThread<SphinxDecoder>> OpenPool => services.GetRequiredService<ResourcePool<EngineThread<SphinxDecoder>>>();

    internal ResourcePool<FfmpegPlace> DecoderPlaces => services.GetRequiredService<ResourcePool<FfmpegPlace>>();

    internal Listener Listener => services.GetRequiredService<Listener>();

    internal Transcriber Transcriber => services.GetRequiredService<Transcriber>();

    internal RecordingReader Reader => services.GetRequiredService<RecordingReader>();

    internal IReadOnlyList<string> Mute { get; private set; } = [];

    public async Task InitializeAsync()
    {
        SphinxLibrary.Quieten();
        (var model, Mute) = Store.Make(MuseumWords.Of(MuseumVocabulary.Read()));
        await Decoders.UseAsync(model, default);
    }

    public async Task DisposeAsync()
    {
        await voices.DisposeAsync();
        await services.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>A sentence as a visitor says it, with a moment of quiet before and after: PCM16 at 16 kHz.</summary>
    internal async Task<short[]> SayAsync(string text, string voice = "slt") => (await SayTimedAsync(text, voice)).Pcm;

    /// <summary>With the words' places in it, as the synthesizer knows them.</summary>
    internal async Task<(short[] Pcm, IReadOnlyList<TimedWord> Words)> SayTimedAsync(string text, string voice = "slt")
    {
        var heard = await Heard.AllAsync(voices.Flite.SynthesizeAsync(new Utterance(text, "en", voice), default)).SoonAsync();
        Assert.Equal(Transcript.SampleRate, heard.SampleRate);
        short[] before = [.. Quiet(0.15)];
        return ([.. before, .. heard.Pcm, .. Quiet(0.3)], [.. heard.Words.Select(w => w with { StartSample = w.StartSample + before.Length, EndSample = w.EndSample + before.Length })]);
    }

    /// <summary>A microphone's noise, not a digital nothing.</summary>
    internal static IEnumerable<short> Quiet(double seconds)
    {
        var random = new Random(1);
        return Enumerable.Range(0, (int)(seconds * Transcript.SampleRate)).Select(_ => (short)random.Next(-3, 4));
    }

    internal async Task<List<Transcript>> HearAsync(short[] pcm, RecognitionRequest? request = null, CancellationToken ct = default)
    {
        request ??= new RecognitionRequest("en");
        return await Listener.RecognizeAsync(request, Live(pcm), Transcript.SampleRate, ct).ToListAsync(ct).AsTask().SoonAsync();
    }

    internal async Task<Transcript> FinalAsync(short[] pcm) => (await HearAsync(pcm))[^1];

    /// <summary>In frames of 100 ms, as a call brings it.</summary>
    internal static async IAsyncEnumerable<ReadOnlyMemory<short>> Live(short[] pcm)
    {
        foreach (var frame in pcm.Chunk(Transcript.SampleRate / 10))
        {
            await Task.Yield();
            yield return frame;
        }
    }
}

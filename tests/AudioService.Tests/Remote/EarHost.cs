using Museum.AudioService.Recognition;
using Museum.AudioService.Remote;
using Museum.AudioService.Tests.Recognition;
using Museum.AudioService.Whisper;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Tests.Remote;

/// <summary>Recognition as the service has it, with recognisers from elsewhere.</summary>
internal sealed class EarHost : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("museum-ear-host-");
    private readonly ServiceProvider services;
    private readonly ConfigurationManager configuration;

    public EarHost(Dictionary<string, string> settings, TimeProvider? time = null)
    {
        var builder = AudioHost.Builder(new(settings) { ["MUSEUM_DATA"] = data.FullName });
        configuration = builder.Configuration;
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new MuseumPaths(builder.Configuration, builder.Environment));
        builder.Services.AddRemoteVoices();
        builder.AddRecognition();
        builder.Services.AddRemoteEars();
        services = builder.Services.BuildServiceProvider();
    }

    internal WhisperEars Whisper => services.GetRequiredService<WhisperEars>();

    internal ResourcePool<WhisperEar> WhisperPool => services.GetRequiredService<ResourcePool<WhisperEar>>();

    public Capabilities Capabilities => services.GetRequiredService<Capabilities>();

    /// <summary>Looks after the recognisers, as a running service does.</summary>
    public Task StartAsync() => services.GetRequiredService<Providers<ISpeechRecognizer>>().StartAsync(default);

    public void Set(string key, string value)
    {
        configuration[key] = value;
        ((IConfigurationRoot)configuration).Reload();
    }

    public ISpeechRecognizer Ear(string name) => services.GetServices<ISpeechRecognizer>().Single(ear => ear.Name == name);

    public Capability<ISpeechRecognizer> Hearing(string language) => services.GetRequiredService<Listener>().HearingOf(language);

    /// <summary>So many seconds of a voice's loudness, in frames of 100 ms.</summary>
    public IAsyncEnumerable<Transcript> Recognize(double seconds, string language = "zh", bool partials = true, CancellationToken ct = default) =>
        services.GetRequiredService<Listener>().RecognizeAsync(new RecognitionRequest(language, partials), Ears.Live(Sound(seconds)), Transcript.SampleRate, ct);

    public Task<List<Transcript>> HearAsync(double seconds, string language = "zh", bool partials = true) =>
        Recognize(seconds, language, partials).ToListAsync().AsTask().SoonAsync();

    public Task<List<Transcript>> HearAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, string language = "zh") => RecognizeAsync(audio, language).ToListAsync().AsTask();

    public IAsyncEnumerable<Transcript> RecognizeAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, string language = "zh", CancellationToken ct = default) =>
        services.GetRequiredService<Listener>().RecognizeAsync(new RecognitionRequest(language), audio, Transcript.SampleRate, ct);

    public static short[] Sound(double seconds) => [.. Enumerable.Range(0, (int)(seconds * Transcript.SampleRate)).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        data.Delete(recursive: true);
    }
}

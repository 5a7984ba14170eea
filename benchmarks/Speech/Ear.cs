using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;
using Museum.AudioService.Tests.Recognition;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Configuration;

namespace Museum.Benchmarks.Speech;

/// <summary>The recogniser as the service has it, with the sample museum's words.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("museum-bench-ear-").FullName;
    private readonly ServiceProvider services;

    public Ear()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["MUSEUM_DATA"] = data, ["Stt:Providers:en:0"] = SphinxRecognizer.ProviderName, ["Pools:pocketsphinx:Timeout"] = "00:01:00" });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new MuseumPaths(builder.Configuration, builder.Environment));
        builder.AddRecognition();
        services = builder.Services.BuildServiceProvider();
    }

    public async Task LearnMuseumAsync()
    {
        SphinxLibrary.Quieten();
        await UseAsync(services.GetRequiredService<SphinxModelStore>().Make(MuseumWords.Of(MuseumVocabulary.Read())).Model);
    }

    /// <summary>The package's own language model of English, for what was never about a museum.</summary>
    public Task LearnEnglishAsync(string package) => UseAsync(SphinxModel.General(package));

    /// <summary>As fast as it goes.</summary>
    public async Task<Transcript> HearAsync(short[] pcm) => (await HearAsync(pcm, paced: false)).Final;

    /// <summary>The final transcript, and how long after the last sound it came.</summary>
    /// <param name="pcm">What is said.</param>
    /// <param name="paced">In frames of 100 ms, each when it would have been spoken.</param>
    public async Task<(Transcript Final, TimeSpan Delay)> HearAsync(short[] pcm, bool paced)
    {
        var listener = services.GetRequiredService<Listener>();
        var frames = pcm.Chunk(Transcript.SampleRate / 10).ToList();
        // Room for the whole utterance: who speaks does not wait for who listens.
        var said = Channel.CreateBounded<ReadOnlyMemory<short>>(Math.Max(1, frames.Count));
        var speaking = SpeakAsync(frames, paced, said.Writer);
        Transcript? final = null;
        await foreach (var transcript in listener.RecognizeAsync(new RecognitionRequest("en", Partials: paced), said.Reader.ReadAllAsync(), Transcript.SampleRate, default))
        {
            final = transcript;
        }

        return (final!, Stopwatch.GetElapsedTime(await speaking));
    }

    /// <summary>When the last of it was said.</summary>
    private static async Task<long> SpeakAsync(List<short[]> frames, bool paced, ChannelWriter<ReadOnlyMemory<short>> said)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        foreach (var frame in frames)
        {
            if (paced)
            {
                await clock.WaitForNextTickAsync();
            }

            await said.WriteAsync(frame);
        }

        said.Complete();
        return Stopwatch.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private Task UseAsync(SphinxModel model) => services.GetRequiredService<SphinxDecoders>().UseAsync(model, default);
}

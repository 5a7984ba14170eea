using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Flite;

/// <summary>English by flite (BSD-like licence), inside this process, first sound after the whole sentence is analysed: 20–50 ms.</summary>
internal sealed class FliteSynthesizer(IOptions<TtsOptions> options) : ISpeechSynthesizer, IDisposable
{
    public const string ProviderName = "flite";

    // RMS of their speech, measured over the museum's sentences.
    private static readonly Dictionary<string, double> Levels = new() { ["rms"] = 0.092, ["slt"] = 0.182 };

    public static IReadOnlyCollection<string> VoiceNames => Levels.Keys;

    // Registration is per process and not thread-safe in flite.
    private static readonly Lock Registration = new();
    private static readonly ConcurrentDictionary<string, nint> Registered = new();

    private readonly EngineThreads threads = new(ProviderName, options.Value.Flite.Threads, options.Value.Flite.Waiting);

    private string? reason = "";

    public string Name => ProviderName;

    public IReadOnlyList<Voice> Voices { get; } = [.. Levels.Keys.Select(v => new Voice(v, "en", ProviderName))];

    public bool Speaks(string language) => language == "en";

    public ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        // Once found, a library stays loaded.
        reason = reason is null ? null : FliteLibrary.Missing(Levels.Keys) is { } library
            ? $"flite's {library} is missing: install the Debian package {FliteLibrary.Package}"
            : null;
        return ValueTask.FromResult(reason);
    }

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await ProbeAsync(ct) is { } missing)
        {
            throw new DependencyException("flite_missing", missing);
        }

        if (EnglishText.Prepare(utterance.Text) is not { } text)
        {
            yield break;
        }

        // 10 minutes of 25 ms pieces: more than a sentence of 1,000 characters at half speed. Never full, so that flite never waits.
        var pieces = Channel.CreateBounded<SpeechPiece>(new BoundedChannelOptions(24_000) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var voice = utterance.Voice ?? options.Value.Flite.Voice;
        var sentence = new FliteSentence(text, utterance.Rate, Levels[voice], pieces.Writer, stop.Token);
        if (!threads.TryRun(() => Speak(sentence, voice, pieces.Writer)))
        {
            throw new ResourceException("tts_busy", "Too many sentences wait for a voice.");
        }

        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(ct))
            {
                yield return piece;
            }
        }
        finally
        {
            // Also when the reader merely stops reading; flite sees it at its next piece.
            await stop.CancelAsync();
        }
    }

    public void Dispose() => threads.Dispose();

    private static void Speak(FliteSentence sentence, string voice, ChannelWriter<SpeechPiece> pieces)
    {
        try
        {
            sentence.Speak(Registered.GetOrAdd(voice, Register));
            pieces.Complete();
        }
        catch (Exception e)
        {
            pieces.Complete(e);
        }
    }

    private static nint Register(string voice)
    {
        lock (Registration)
        {
            if (Registered.IsEmpty)
            {
                _ = FliteLibrary.Init();
            }

            return FliteLibrary.Register(voice);
        }
    }
}

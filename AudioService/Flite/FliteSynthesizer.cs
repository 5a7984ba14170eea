using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Flite;

/// <summary>English by flite (BSD-like licence), inside this process, first sound after the whole sentence is analysed: 20–50 ms.</summary>
internal sealed class FliteSynthesizer(ResourcePool<EngineThread<FliteEngine>> engines, IOptionsMonitor<TtsOptions> options) : ISpeechSynthesizer
{
    public const string ProviderName = "flite";

    // RMS of their speech, relative to full scale: ./museum bench speech voices.
    private static readonly Dictionary<string, double> Levels = new() { ["rms"] = 0.092, ["slt"] = 0.182 };

    public static IReadOnlyCollection<string> VoiceNames => Levels.Keys;

    private static readonly Lazy<string> Engine = new(() => string.Join(' ', FliteLibrary.Libraries(Levels.Keys).Select(EngineVersion.Of)));

    public string Name => ProviderName;

    public IReadOnlyList<Voice> Voices { get; } = [.. Levels.Keys.Select(v => new Voice(v, "en", ProviderName))];

    public bool Speaks(string language) => language == "en";

    public string Voicing(Utterance utterance) => $"{Engine.Value} {VoiceOf(utterance)}";

    public async ValueTask<string?> ProbeAsync(CancellationToken ct) => (await engines.ProbeAsync(ct))?.Message;

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        if (EnglishText.Prepare(utterance.Text) is not { } text)
        {
            yield break;
        }

        await using var engine = await engines.RentAsync(ct);
        // 10 minutes of 25 ms pieces: more than a sentence of 1,000 characters at half speed. Never full, so that flite never waits.
        var pieces = Channel.CreateBounded<SpeechPiece>(new BoundedChannelOptions(24_000) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var voice = VoiceOf(utterance);
        var pitch = PitchShift.Step(utterance.Pitch);
        var sentence = new FliteSentence(text, utterance.Rate / pitch, Levels[voice], pieces.Writer, stop.Token);
        var speaking = engine.Value.RunAsync(flite => flite.Speak(sentence, voice, pieces.Writer));
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(ct))
            {
                yield return PitchShift.Apply(piece, pitch);
            }
        }
        finally
        {
            // Also when the reader merely stops reading. flite sees it at its next piece; only then is its thread free for another.
            await stop.CancelAsync();
            await speaking;
        }
    }

    private string VoiceOf(Utterance utterance) => utterance.Voice ?? options.CurrentValue.Flite.Voice;
}

using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;

namespace Museum.AudioService.DashScope;

/// <summary>CosyVoice by DashScope's WebSocket protocol: Mandarin and English, sound while the sentence is still being made, word times at its end.</summary>
internal sealed class DashScopeSynthesizer(DashScopeConnections connections, LocalReader reader, IOptionsMonitor<DashScopeVoiceOptions> options) : ISpeechSynthesizer
{
    public const string ProviderName = "dashscope";

    /// <summary>A sentence's: <c>Resilience:dashscope_voice</c>.</summary>
    public const string PipelineName = "dashscope_voice";

    public string Name => ProviderName;

    public string Pipeline => PipelineName;

    public IReadOnlyList<Voice> Voices { get; } = [.. options.CurrentValue.Voices.Select(v => new Voice(v.Value, v.Key, ProviderName))];

    private DashScopeVoiceOptions Settings => options.CurrentValue;

    public bool Speaks(string language) => Settings.Voices.ContainsKey(language);

    public bool ReadsEveryScript => true;

    public string Voicing(Utterance utterance) => $"{Settings.Model} {Settings.Format} {Settings.SampleRate} {VoiceOf(utterance)}";

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => connections.ProbeAsync(ct);

    public IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, CancellationToken ct)
    {
        // Of one moment: a sentence that has begun ends as it was asked for.
        var settings = Settings;
        return RemoteSentence.Text(utterance.Text) is { } text
            ? RemoteSentence.SpeakAsync(
                new RemoteSound(settings.SampleRate, settings.Format == "pcm" ? null : settings.Format),
                text,
                token => reader.ReadAsync(utterance, token),
                (sentence, token) => SpeakAsync(RunTask(utterance, settings), text, sentence, token),
                ct)
            : AsyncEnumerable.Empty<SpeechPiece>();
    }

    private async Task SpeakAsync(object run, SpokenText text, RemoteSentence sentence, CancellationToken ct)
    {
        sentence.BeginPart();
        await using var task = await connections.StartAsync(run, ct);
        foreach (var part in SentenceSplit.Split(text.Text))
        {
            await task.ContinueAsync(part, ct);
        }

        await task.FinishAsync(ct);
        double before = 0, toldUntil = 0;
        await foreach (var (frame, sound) in task.ReadAsync(ct))
        {
            if (frame is null)
            {
                await sentence.SoundAsync(sound);
                continue;
            }

            if (frame.Output<SpokenOutput>() is not { Type: "sentence-end", Sentence.Words: [var first, ..] told })
            {
                continue;
            }

            // The documentation leaves open whether the times of a second sentence go on or begin anew: both are understood.
            before = first.BeginTime / 1000 < toldUntil / 2 ? toldUntil : 0;
            foreach (var word in told)
            {
                toldUntil = before + (word.EndTime / 1000);
                await sentence.WordAsync(word.Text, before + (word.BeginTime / 1000), toldUntil);
            }
        }

        await sentence.EndPartAsync();
    }

    private object RunTask(Utterance utterance, DashScopeVoiceOptions settings) => new
    {
        task_group = "audio",
        task = "tts",
        function = "SpeechSynthesizer",
        model = settings.Model,
        parameters = new
        {
            text_type = "PlainText",
            voice = VoiceOf(utterance),
            format = settings.Format,
            sample_rate = settings.SampleRate,
            volume = 50,
            rate = utterance.Rate,
            pitch = utterance.Pitch,
            word_timestamp_enabled = true,
        },
        input = new { },
    };

    private string VoiceOf(Utterance utterance) => utterance.Voice ?? Settings.Voices[utterance.Language];
}

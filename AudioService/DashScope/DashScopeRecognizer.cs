using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.AudioService.Remote;

namespace Museum.AudioService.DashScope;

/// <summary>
/// Paraformer by DashScope's WebSocket protocol: Mandarin, English and others, words while the visitor speaks. The connection is opened
/// when the utterance begins, or is warm from the one before. https://help.aliyun.com/zh/model-studio/websocket-for-paraformer-real-time-service
/// </summary>
internal sealed class DashScopeRecognizer(DashScopeConnections connections, IOptionsMonitor<DashScopeEarOptions> options) : ISpeechRecognizer
{
    public const string ProviderName = "dashscope";

    private DashScopeEarOptions Settings => options.CurrentValue;

    public string Name => ProviderName;

    public bool Hears(string language) => Settings.Languages.Contains(language);

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => connections.ProbeAsync(ct);

    public string? Hearing(string language) => $"{connections.Options.Url} {Settings.Model} {Settings.VocabularyId}";

    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var task = await connections.StartAsync(RunTask(request.Language), ct);
        await using var sending = SpeechUpload.Start(audio, (sound, token) => task.SendAsync(sound, token), task.FinishAsync, ct);
        var heard = new HeardSentences(request.Language);
        var started = Stopwatch.GetTimestamp();
        await using var results = task.ReadAsync(sending.Token).GetAsyncEnumerator(sending.Token);
        while (await sending.OrFailureAsync(results.MoveNextAsync()))
        {
            if (results.Current.Event?.Output<RecognizedOutput>()?.Sentence is { Heartbeat: not true } sentence && heard.Add(sentence) && request.Partials)
            {
                yield return new Transcript(heard.Text, IsFinal: false) { Language = request.Language };
            }
        }

        RecognitionTelemetry.Inferred(Stopwatch.GetElapsedTime(sending.EndedAt ?? started), sending.Duration, Name);
        yield return heard.Final();
    }

    private object RunTask(string language) => new
    {
        task_group = "audio",
        task = "asr",
        function = "recognition",
        model = Settings.Model,
        parameters = new
        {
            format = "pcm",
            sample_rate = Transcript.SampleRate,
            language_hints = new[] { language },
            vocabulary_id = Settings.VocabularyId.Length > 0 ? Settings.VocabularyId : null,
            // Punctuation by pauses comes sooner than by meaning, and the utterance has an end already.
            semantic_punctuation_enabled = false,
            // Or the service gives up on a visitor who thinks for a minute.
            heartbeat = true,
        },
        input = new { },
    };
}

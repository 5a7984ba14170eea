using System.Runtime.CompilerServices;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.Scripted;

/// <summary>
/// No ears at all, and says so: one word of a fixed question per 300 ms of sound, whatever the sound is. For tests and for
/// demonstrations on a machine without any engine; the same length always gives the same words.
/// </summary>
internal sealed class ScriptedRecognizer : ISpeechRecognizer
{
    public const string ProviderName = "scripted-words";

    private const int WordSamples = Transcript.SampleRate * 3 / 10;

    private static readonly string[] Script = ["Who", "made", "the", "first", "of", "these", "and", "what", "does", "it", "mean"];

    public string Name => ProviderName;

    public bool Hears(string language) => true;

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => ValueTask.FromResult<string?>(null);

    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        long samples = 0;
        var told = 0;
        await foreach (var chunk in audio.WithCancellation(ct))
        {
            samples += chunk.Length;
            var words = (int)(samples / WordSamples);
            if (request.Partials && words > told)
            {
                told = words;
                yield return new Transcript(Said(words), IsFinal: false) { Language = request.Language };
            }
        }

        var count = (int)(samples / WordSamples);
        yield return new Transcript(Said(count), IsFinal: true)
        {
            Language = request.Language,
            Confidence = count == 0 ? 0 : 1,
            Words = [.. Enumerable.Range(0, count).Select(i => new HeardWord(Word(i), i * (long)WordSamples, (i + 1) * (long)WordSamples, 1))],
        };
    }

    private static string Said(int words) => string.Join(' ', Enumerable.Range(0, words).Select(Word));

    private static string Word(int at) => Script[at % Script.Length];
}

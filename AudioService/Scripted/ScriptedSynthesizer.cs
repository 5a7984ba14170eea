using System.Runtime.CompilerServices;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Scripted;

/// <summary>
/// No voice at all, and says so: one tone of 60 ms per letter and 120 ms per hanzi. For tests and for demonstrations on a machine
/// without any engine; the same text always sounds the same.
/// </summary>
internal sealed class ScriptedSynthesizer : ISpeechSynthesizer
{
    public const string ProviderName = "scripted-tones";

    private const int SampleRate = 16_000;
    private const int Letter = SampleRate * 60 / 1000;

    public string Name => ProviderName;

    public IReadOnlyList<Voice> Voices { get; } = [new("tones", "en", ProviderName), new("tones", "zh", ProviderName)];

    public bool Speaks(string language) => true;

    public bool ReadsEveryScript => true;

    public string Voicing(Utterance utterance) => "";

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => ValueTask.FromResult<string?>(null);

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        var text = new SpokenText(utterance.Text);
        var line = new WordTimeline();
        long at = 0;
        for (var i = 0; i < text.Text.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
            var letter = text.Text[i];
            if (!char.IsLetterOrDigit(letter))
            {
                continue;
            }

            var han = letter >= '\u3400';
            var start = han ? i : WordStart(text.Text, i);
            var length = (int)((han ? 2 * Letter : Letter) / utterance.Rate);
            var word = line.Begin(text, start, WordEnd(text.Text, start, han) - start, at);
            var phone = new TimedPhone(Phone(letter), "arpabet", at, at + length);
            line.Extend(at += length);
            yield return new SpeechPiece(SampleRate) { Pcm = Tone(letter, length), Words = word is null ? [] : [word], Phones = [phone] };
        }

        yield return new SpeechPiece(SampleRate) { Words = line.Finish() is { } last ? [last] : [], TimesComplete = true };
    }

    private static short[] Tone(char letter, int length)
    {
        // 200–600 Hz, faded in and out over 5 ms so that it does not click.
        var step = 2 * Math.PI * (200 + (letter % 40 * 10)) / SampleRate;
        return [.. Enumerable.Range(0, length).Select(i => (short)(4_600 * Math.Min(1, Math.Min(i, length - i) / 80.0) * Math.Sin(step * i)))];
    }

    private static string Phone(char letter) => char.ToLowerInvariant(letter) switch
    {
        'a' => "aa", 'e' => "eh", 'i' or 'y' => "ih", 'o' => "ow", 'u' => "uw", 'c' or 'q' => "k", 'j' => "jh", 'h' => "hh", 'x' => "s",
        >= 'b' and <= 'z' and var consonant => consonant.ToString(),
        _ => "ah",
    };

    private static int WordStart(string text, int at)
    {
        while (at > 0 && char.IsLetterOrDigit(text[at - 1]) && text[at - 1] < '\u3400')
        {
            at--;
        }

        return at;
    }

    private static int WordEnd(string text, int at, bool han)
    {
        do
        {
            at++;
        }
        while (!han && at < text.Length && char.IsLetterOrDigit(text[at]) && text[at] < '\u3400');
        return at;
    }
}

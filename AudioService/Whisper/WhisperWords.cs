using Museum.AudioService.Recognition;
using Whisper.net;

namespace Museum.AudioService.Whisper;

/// <summary>
/// Words out of tokens. An English word is one or several, the first with a space before it; a hanzi may be cut in the middle of its bytes,
/// so its tokens have no text of their own, and what lies between the tokens that have is theirs.
/// </summary>
internal static class WhisperWords
{
    private const char NoText = '\uFFFD';

    // The unit of a token's times: 10 ms.
    private const int Hundredth = Transcript.SampleRate / 100;

    /// <param name="segment">With token times.</param>
    /// <param name="offset">Of its first sample in the utterance.</param>
    public static IReadOnlyList<HeardWord> Of(SegmentData segment, long offset)
    {
        var words = new List<HeardWord>();
        var at = 0;
        WhisperToken? pendingFrom = null;
        WhisperToken? last = null;
        var likely = 1.0;
        foreach (var token in segment.Tokens.Where(t => t.Text is { Length: > 0 } text && !text.StartsWith("[_", StringComparison.Ordinal)))
        {
            var place = token.Text!.Contains(NoText, StringComparison.Ordinal) ? -1 : segment.Text.IndexOf(token.Text, at, StringComparison.Ordinal);
            if (place < 0)
            {
                pendingFrom ??= token;
                (last, likely) = (token, Math.Min(likely, token.Probability));
                continue;
            }

            if (pendingFrom is not null && place > at)
            {
                Add(segment.Text[at..place], pendingFrom.Start, last!.End, likely);
            }

            Add(token.Text, token.Start, token.End, token.Probability);
            (at, pendingFrom, likely) = (place + token.Text.Length, null, 1);
        }

        if (pendingFrom is not null && at < segment.Text.Length)
        {
            Add(segment.Text[at..], pendingFrom.Start, last!.End, likely);
        }

        return [.. words.Where(w => w.Text.Any(char.IsLetterOrDigit))];

        void Add(string text, long from, long to, double probability)
        {
            var (start, end) = (offset + (Math.Max(0, from) * Hundredth), offset + (Math.Max(from, to) * Hundredth));
            var goesOn = words.Count > 0 && text[0] != ' ' && !IsWordByItself(text[0]);
            if (goesOn && (char.IsLetterOrDigit(text[0]) || text[0] is '\'' or '’' or '-') && !IsWordByItself(words[^1].Text[^1]))
            {
                var word = words[^1];
                words[^1] = word with { Text = word.Text + text.Trim(), EndSample = end, Confidence = Math.Min(word.Confidence, probability) };
            }
            else
            {
                words.Add(new HeardWord(text.Trim() is { Length: > 0 } word ? word : text, start, end, probability));
            }
        }
    }

    // Han, kana: written without spaces.
    private static bool IsWordByItself(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}

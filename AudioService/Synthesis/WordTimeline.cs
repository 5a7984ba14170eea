using Museum.AudioService.Text;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// Gathers the words of a sentence as an engine comes to them and gives them back as they were written: an engine's
/// "eighteen", "eighty", "nine" are one word, "1889".
/// </summary>
internal sealed class WordTimeline
{
    private string written = "";
    private (int Start, int Length)? place;
    private long start;
    private long end;

    /// <summary>The next spoken word; gives the written word that is complete with it, if one is.</summary>
    public TimedWord? Begin(SpokenText text, int spokenStart, int spokenLength, long at)
    {
        var next = text.Locate(spokenStart, spokenLength);
        if (place == next)
        {
            return null;
        }

        var complete = Finish();
        (written, place, start, end) = (text.Written, next, at, at);
        return complete;
    }

    /// <summary>The current word sounds until here at least.</summary>
    public void Extend(long to) => end = Math.Max(end, to);

    public TimedWord? Finish()
    {
        if (place is not { } at)
        {
            return null;
        }

        place = null;
        // espeak-ng ends English sentences with an empty word.
        return at.Length == 0 || end <= start ? null : new TimedWord(written.Substring(at.Start, at.Length), start, end, at.Start, at.Length);
    }
}

using Museum.AudioService.Recognition;

namespace Museum.AudioService.Whisper;

/// <summary>
/// A long utterance as it grows: its end is recognised again and again, what lies before the window stays as it was recognised last.
/// The window begins where a word ended, so that none is heard twice or by halves.
/// </summary>
internal sealed class HeardSoFar(string gap)
{
    private readonly List<HeardWord> settled = [];

    /// <summary>The sample that the window begins at.</summary>
    public long From { get; private set; }

    /// <summary>All that was said so far.</summary>
    /// <param name="text">The window's, with its punctuation.</param>
    public string With(string text) =>
        settled.Count == 0 ? text : string.Join(gap, settled.Select(w => w.Text).Append(text).Where(t => t.Length > 0));

    /// <summary>Moves the window's beginning when it has become too long: to the end of the last word in its older half.</summary>
    /// <param name="words">Of the window, with their places in the utterance.</param>
    /// <param name="samples">Of the whole utterance.</param>
    /// <param name="window">The most that a window may have.</param>
    public void Settle(IReadOnlyList<HeardWord> words, long samples, long window)
    {
        if (samples - From <= window)
        {
            return;
        }

        var old = words.TakeWhile(w => w.EndSample <= samples - (window / 2)).ToArray();
        settled.AddRange(old);
        // Nobody spoke there: there is nothing to keep.
        From = old.Length > 0 ? old[^1].EndSample : samples - (window / 2);
    }
}

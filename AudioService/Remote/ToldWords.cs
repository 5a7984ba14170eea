using Museum.AudioService.Text;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Remote;

/// <summary>Finds the words that a service tells by their text alone again in the text as it was written.</summary>
internal sealed class ToldWords(SpokenText text)
{
    // A word that stands further on than this is another one that is spelled alike.
    private const int Reach = 60;

    private int cursor;

    /// <summary>Null when the written text has no such word: the service said a number in its own way, or told punctuation.</summary>
    public TimedWord? Find(string told, long start, long end)
    {
        var word = told.Trim();
        if (!word.Any(char.IsLetterOrDigit) || end <= start)
        {
            return null;
        }

        var at = text.Text.IndexOf(word, cursor, Math.Min(text.Text.Length - cursor, Reach + word.Length), StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        cursor = at + word.Length;
        var (from, length) = text.Locate(at, word.Length);
        return new TimedWord(text.Written.Substring(from, length), start, end, from, length);
    }
}

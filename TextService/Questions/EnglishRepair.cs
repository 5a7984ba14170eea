using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>
/// Puts the words in the place of those that were written: first names that a recogniser split, merged or took for other words ("never tity"), by how
/// they sound; then slips of the finger. What is a name already, or a word of the content, stays.
/// </summary>
internal static partial class EnglishRepair
{
    // Words that all make sense by themselves must sound very much like a name to be taken for one.
    private const double OrdinaryWords = 1.5;
    private const int OrdinaryConsonants = 4;

    // Among more names they must sound so much more like one; words of which one makes no sense are a name's more often.
    private const double NoSense = 3;

    // "How many laws" is not the Mona Lisa.
    private static readonly System.Buffers.SearchValues<string> Asking = System.Buffers.SearchValues.Create(
        ["how", "many", "much", "who", "whose", "what", "which", "when", "where", "why", "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could"], StringComparison.Ordinal);

    private static readonly System.Buffers.SearchValues<string> Articles = System.Buffers.SearchValues.Create(["the", "a", "an"], StringComparison.Ordinal);

    private sealed record Window(int Start, int Length, string[] Words, double Distance);

    /// <param name="text">A visitor's words.</param>
    /// <param name="index">The content whose names they may be.</param>
    /// <returns>Folded words. No name goes across a comma or the end of a sentence.</returns>
    public static List<string> Repair(string text, ContentIndex index)
    {
        var proper = EnglishQuestion.Proper(text);
        return [.. Pause().Split(text).SelectMany(piece => Repair(EnglishWords.Of(piece), proper, index))];
    }

    /// <summary>Puts only the words right by which a question shows that it is one: "Wen was it stollen".</summary>
    public static string Frame(string text, ContentIndex index) =>
        Letters().Replace(text, m => index.EnglishSpelling.Mend(m.Value.ToLowerInvariant()) is [var word] && EnglishSpelling.IsOfQuestions(word) ? word : m.Value);

    private static List<string> Repair(List<string> words, HashSet<string> proper, ContentIndex index)
    {
        var fixedUp = new bool[words.Count];
        foreach (var mention in index.EnglishNames.Exact(words, MentionStrength.Name))
        {
            Array.Fill(fixedUp, true, mention.Start, mention.Length);
        }

        var heard = Taken(words, fixedUp, index);
        var repaired = new List<string>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            if (heard.Find(w => w.Start == i) is { } window)
            {
                repaired.AddRange(window.Words);
                i += window.Length;
                continue;
            }

            var mended = fixedUp[i] ? [words[i]] : Owner(words[i], index) is { } owner ? [owner] : index.EnglishSpelling.Mend(words[i]);
            // A name that the museum does not have is no slip for an everyday word: Hiroshige, Dalí.
            repaired.AddRange(proper.Contains(words[i]) && !index.EnglishNames.IsNameWord(mended[0]) ? [words[i]] : mended);
            i++;
        }

        return repaired;
    }

    // "picassos guernica": as many write a maker's mark of possession.
    private static string? Owner(string word, ContentIndex index) =>
        word is [.., 's'] && !index.EnglishSpelling.Knows(word) && index.EnglishNames.IsProperWord(word[..^1]) ? word[..^1] : null;

    // The surest first; a longer name is surer than a shorter one that is as near.
    private static List<Window> Taken(List<string> words, bool[] fixedUp, ContentIndex index)
    {
        var taken = new List<Window>();
        foreach (var window in Candidates(words, fixedUp, index).OrderBy(w => w.Distance - (0.012 * EnglishSound.Consonants(EnglishSound.Of(string.Concat(w.Words))))))
        {
            if (!taken.Exists(t => t.Start < window.Start + window.Length && window.Start < t.Start + t.Length))
            {
                taken.Add(window);
            }
        }

        return taken;
    }

    private static IEnumerable<Window> Candidates(List<string> words, bool[] fixedUp, ContentIndex index)
    {
        var all = words.ToArray();
        var known = all.Select(index.EnglishSpelling.Knows).ToArray();
        var crowd = index.EnglishNames.Sounds.Crowd;
        for (var start = 0; start < all.Length; start++)
        {
            for (var length = 1; length <= SoundIndex.MostWords && start + length <= all.Length && !fixedUp[start + length - 1]; length++)
            {
                var ordinary = !known.AsSpan(start, length).Contains(false);
                // Small words in a row always sound like something: "moon on his".
                if (ordinary && all.AsSpan(start, length).ContainsAny(Asking))
                {
                    continue;
                }

                if (ordinary && all.AsSpan(start, length).ToArray().Count(EnglishWords.IsStop) * 2 > length)
                {
                    continue;
                }

                // One word that sounds like a name of two consonants (loosey, Lucy) may be it; of several words something always does.
                if ((length > 1 || !ordinary) && index.EnglishNames.Sounds.Nearest(all.AsSpan(start, length), ordinary ? OrdinaryWords * (1 + crowd) : 1 + (crowd / NoSense)) is { } found
                    && IsLikely(all.AsSpan(start, length), found.Words, found.Distance, ordinary, index))
                {
                    // Of two names that sound alike, the one that is also spelt alike.
                    var spelt = string.Concat(found.Words);
                    yield return new Window(start, length, found.Words, found.Distance + (0.1 * EditDistance.Of(string.Concat(all.AsSpan(start, length)), spelt, spelt.Length) / spelt.Length) - (0.02 * known.AsSpan(start, length).Count(false)));
                }
            }
        }
    }

    private static bool IsLikely(ReadOnlySpan<string> heard, string[] name, double distance, bool ordinary, ContentIndex index)
    {
        // A word that is a name's own word already is taken for no other's.
        foreach (var word in heard)
        {
            if (index.EnglishNames.IsProperWord(word) && !string.Concat(name).Contains(word, StringComparison.Ordinal))
            {
                return false;
            }
        }

        var sound = EnglishSound.Of(string.Concat(name));
        var consonants = EnglishSound.Consonants(sound);
        if (name.Length == 1 && !index.EnglishNames.IsProperWord(name[0]) && (ordinary || heard.Length == 1))
        {
            return false;
        }

        if (ordinary && heard.Length > 1 && name.Length == 1 && heard.ContainsAny(Articles))
        {
            // "The writing" is two words, whatever name sounds like them.
            return false;
        }

        if (heard.Length == 1 && name.Length > 1 && EditDistance.Of(heard[0], string.Concat(name), 2) > 2)
        {
            // Merged words keep their letters.
            return false;
        }

        if (heard.Length > 1)
        {
            var crowd = index.EnglishNames.Sounds.Crowd;
            return consonants >= (ordinary ? OrdinaryConsonants + crowd : 3 + (crowd / NoSense));
        }

        // "fotos": an everyday word that sounds as much like it is likelier.
        var mended = index.EnglishSpelling.Mend(heard[0]);
        return mended is not [var everyday] || everyday == heard[0] || name.Contains(everyday)
            || SoundDistance.Of(EnglishSound.Of(heard[0]), EnglishSound.Of(everyday), consonants) / consonants > distance;
    }

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"[,;:.?!()—–]+(?=\s|$)|\s[-–—]+\s")]
    private static partial Regex Pause();
}

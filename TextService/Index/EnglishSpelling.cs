using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Index;

/// <summary>The English words that questions about this content are made of; mends those that are none.</summary>
internal sealed class EnglishSpelling
{
    private const int OfQuestions = 1000;
    private const double Often = 0.15;
    private const double OtherVowels = 0.3;

    private readonly Dictionary<string, int> frequencies = [];
    private readonly ILookup<char, string> byFirst;
    private readonly ILookup<string, string> bySound;
    private readonly HashSet<string> stems;

    /// <param name="words">Every word of the content, names included.</param>
    public EnglishSpelling(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            frequencies[word] = frequencies.GetValueOrDefault(word) + 1;
        }

        foreach (var word in EnglishWords.Stops.Concat(EnglishKinds.FrameWords))
        {
            // A question's own words are likelier than any other.
            frequencies[word] = frequencies.GetValueOrDefault(word) + OfQuestions;
        }

        // A place or a person is no slip of another word, unless the content speaks of it.
        foreach (var word in EnglishEveryday.Things.Append("many"))
        {
            frequencies.TryAdd(word, 1);
            frequencies.TryAdd(word + "s", 1);
        }

        byFirst = frequencies.Keys.Where(w => char.IsAsciiLetter(w[0])).ToLookup(w => w[0]);
        bySound = frequencies.Keys.Where(w => w.Length >= 4).ToLookup(EnglishSound.Of);
        stems = [.. frequencies.Keys.Concat(EnglishEveryday.Words).Select(EnglishStemmer.Stem)];
    }

    /// <summary>True for a word that asks: who, when, where.</summary>
    public static bool IsOfQuestions(string word) => word is "who" or "whose" or "what" or "which" or "when" or "where" or "why" or "how";

    /// <summary>True when the word, or another form of it, is one.</summary>
    public bool Knows(string word)
    {
        var stem = EnglishStemmer.Stem(word);
        return !char.IsAsciiLetterLower(word[0]) || stems.Contains(stem) || EnglishConcepts.Of(stem).Count > 0 || Compared(word).Any(stems.Contains);
    }

    // Taller, heaviest.
    private static IEnumerable<string> Compared(string word)
    {
        foreach (var end in (string[])["er", "est"])
        {
            if (word.Length > end.Length + 2 && word.EndsWith(end, StringComparison.Ordinal) && !EnglishWords.IsStop(word[..^end.Length]))
            {
                var root = word[..^end.Length];
                yield return EnglishStemmer.Stem(root);
                yield return EnglishStemmer.Stem(root + "e");
                yield return EnglishStemmer.Stem(Undoubled(root));
            }
        }
    }

    /// <summary>The word that was meant; more than one where a space was left out. Itself when nothing is near.</summary>
    public IReadOnlyList<string> Mend(string word)
    {
        if (Knows(word) || word.Length < 3)
        {
            return [word];
        }

        return Apart(word) ?? (Slip(word) is { } meant ? [meant] : [word]);
    }

    private string? Slip(string word)
    {
        var sound = EnglishSound.Of(word);
        var vowels = Vowels(word);
        var longest = (word.Length / 2) + 1;
        return byFirst[word[0]]
            .Select(w => (Word: w, Distance: (double)Distance(word, w)))
            .Where(c => c.Distance < 3)
            .Concat(bySound[sound].Where(_ => word.Length >= 4).Select(w => (Word: w, Distance: (double)EditDistance.Of(word, w, longest))).Where(c => c.Distance <= longest))
            // What sounds the same is nearer than its letters are, and a word that is said often likelier than one that is not.
            .OrderBy(c => (c.Distance / (EnglishSound.Of(c.Word) == sound ? 2 : 1)) - (Often * Math.Log(frequencies[c.Word])) + (Vowels(c.Word) == vowels ? 0 : OtherVowels))
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word).FirstOrDefault();
    }

    // In a short word nearly any other lies one letter off: only letters that have changed places, or a doubled one, are taken for a slip there.
    private int Distance(string word, string known)
    {
        if (word.Length <= 4 || known.Length <= 3)
        {
            var small = Swapped(word, known) || Undoubled(word) == Undoubled(known) || (frequencies[known] >= OfQuestions && known.Length > word.Length && EditDistance.Of(word, known, 1) == 1);
            return small ? 1 : 3;
        }

        var limit = word.Length >= 7 ? 2 : 1;
        var distance = EditDistance.Of(word, known, limit);
        return distance <= limit ? distance : 3;
    }

    private static string Vowels(string word) => string.Concat(word.TrimEnd('e').Where(c => c is 'a' or 'e' or 'i' or 'o' or 'u'));

    private static bool Swapped(string a, string b) =>
        a.Length == b.Length && EditDistance.Of(a, b, 1) == 1 && a.Order().SequenceEqual(b.Order());

    private static string Undoubled(string word) => string.Concat(word.Where((c, i) => i == 0 || word[i - 1] != c));

    // "howmany"
    private IReadOnlyList<string>? Apart(string word)
    {
        for (var at = 2; at <= word.Length - 3; at++)
        {
            if (EnglishWords.IsStop(word[..at]) && frequencies.GetValueOrDefault(word[at..]) >= OfQuestions)
            {
                return [word[..at], word[at..]];
            }
        }

        return null;
    }
}

using System.Text;

namespace Museum.TextService.Language;

/// <summary>
/// How a row of English letters roughly sounds, so that words which a recogniser took for others can be told by ear. Consonants are told apart by
/// where they are made, vowels hardly: <c>ham or robbie</c> and <c>hammurabi</c> are both <c>h·m·r·b·</c>.
/// </summary>
internal static class EnglishSound
{
    /// <summary>Any vowels in a row.</summary>
    public const char Vowel = '·';

    // Longest first. Letters that are not here stand for themselves; pinyin's q, x and zh are read as English ears take them.
    private static readonly (string Letters, string Sound)[] Spellings =
    [
        ("tch", "C"), ("sch", "S"), ("dge", "J"), ("ph", "f"), ("ch", "C"), ("sh", "S"), ("zh", "J"), ("th", "t"), ("ck", "k"), ("gh", ""), ("qu", "kw"), ("wh", "w"), ("kh", "k"), ("dt", "t"),
        ("x", "ks"), ("q", "C"), ("c", "k"), ("j", "J"), ("z", "s"), ("v", "f"),
    ];

    /// <param name="letters">Folded, without spaces.</param>
    public static string Of(string letters)
    {
        var sound = new StringBuilder(letters.Length);
        for (var i = 0; i < letters.Length;)
        {
            var (piece, length) = At(letters, i);
            foreach (var c in piece.Where(c => sound.Length == 0 || sound[^1] != c))
            {
                sound.Append(c);
            }

            i += length;
        }

        return sound.ToString();
    }

    /// <summary>How many of a sound's letters are consonants.</summary>
    public static int Consonants(string sound) => sound.Count(c => c != Vowel);

    private static (string Sound, int Length) At(string letters, int i)
    {
        var (c, next) = (letters[i], i + 1 < letters.Length ? letters[i + 1] : ' ');
        return c switch
        {
            // Flite sounds as flight.
            'e' when i + 1 == letters.Length && i > 2 && !IsVowel(letters[i - 1]) => ("", 1),
            _ when IsVowel(c) || (c == 'y' && i > 0) => (Vowel.ToString(), 1),
            'k' when i == 0 && next == 'n' => ("", 1),
            'w' when i == 0 && next == 'r' => ("", 1),
            'x' when i == 0 || letters[i - 1] == 'n' => ("s", 1),
            // Face, city; but also Botticelli, which ears that expect English take for the same.
            'c' when next is 'e' or 'i' or 'y' => ("s", 1),
            'g' when next == 'e' && i + 2 == letters.Length => ("J", 1),
            // An r or w that closes a syllable is hardly heard, and an h within a word not at all.
            'r' or 'w' when i > 0 && IsVowel(letters[i - 1]) && !IsVowel(next) && next != 'y' => ("", 1),
            'w' when i > 0 && IsVowel(letters[i - 1]) => (Vowel.ToString(), 1),
            'g' when i == 0 && next == 'h' => ("g", 2),
            'h' when i > 0 => ("", 1),
            _ => Spelt(letters, i) ?? (c.ToString(), 1),
        };
    }

    private static (string Sound, int Length)? Spelt(string letters, int i)
    {
        foreach (var (spelling, sound) in Spellings)
        {
            if (string.CompareOrdinal(letters, i, spelling, 0, spelling.Length) == 0)
            {
                return (sound, spelling.Length);
            }
        }

        return null;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}

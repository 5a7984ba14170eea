namespace Museum.TextService.Language;

/// <summary>
/// Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping", 1980), with the author's later departures (logi, bli); what is irregular
/// is made plain first.
/// </summary>
internal static class EnglishStemmer
{
    public static string Stem(string word)
    {
        if (word.Length <= 2 || !word.All(char.IsAsciiLetterLower))
        {
            return word;
        }

        var w = EnglishIrregular.Plain(word);
        w = Plural(w);
        w = PastAndGerund(w);
        if (w.EndsWith('y') && HasVowel(w[..^1]))
        {
            w = w[..^1] + "i";
        }

        w = Replace(w, Step2, 0);
        w = Replace(w, Step3, 0);
        w = Residue(w);
        return Tidy(w);
    }

    private static string Plural(string w) => w switch
    {
        _ when w.EndsWith("sses", StringComparison.Ordinal) => w[..^2],
        _ when w.EndsWith("ies", StringComparison.Ordinal) => w[..^2],
        _ when w.EndsWith("ss", StringComparison.Ordinal) => w,
        _ when w.EndsWith('s') => w[..^1],
        _ => w,
    };

    private static string PastAndGerund(string w)
    {
        if (w.EndsWith("eed", StringComparison.Ordinal))
        {
            return Measure(w[..^3]) > 0 ? w[..^1] : w;
        }

        var cut = w.EndsWith("ed", StringComparison.Ordinal) ? 2 : w.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (cut == 0 || !HasVowel(w[..^cut]))
        {
            return w;
        }

        w = w[..^cut];
        if (w.EndsWith("at", StringComparison.Ordinal) || w.EndsWith("bl", StringComparison.Ordinal) || w.EndsWith("iz", StringComparison.Ordinal))
        {
            return w + "e";
        }

        if (EndsDouble(w) && w[^1] is not ('l' or 's' or 'z'))
        {
            return w[..^1];
        }

        return Measure(w) == 1 && EndsShort(w) ? w + "e" : w;
    }

    private static string Residue(string w)
    {
        foreach (var suffix in Step4)
        {
            if (!w.EndsWith(suffix, StringComparison.Ordinal))
            {
                continue;
            }

            var stem = w[..^suffix.Length];
            var allowed = suffix != "ion" || (stem.Length > 0 && stem[^1] is 's' or 't');
            return allowed && Measure(stem) > 1 ? stem : w;
        }

        return w;
    }

    private static string Tidy(string w)
    {
        if (w.EndsWith('e'))
        {
            var m = Measure(w[..^1]);
            w = m > 1 || (m == 1 && !EndsShort(w[..^1])) ? w[..^1] : w;
        }

        return w.EndsWith("ll", StringComparison.Ordinal) && Measure(w) > 1 ? w[..^1] : w;
    }

    private static string Replace(string w, (string From, string To)[] rules, int minimum)
    {
        foreach (var (from, to) in rules)
        {
            if (w.EndsWith(from, StringComparison.Ordinal))
            {
                var stem = w[..^from.Length];
                return Measure(stem) > minimum ? stem + to : w;
            }
        }

        return w;
    }

    private static bool IsConsonant(string w, int i) => w[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => i == 0 || !IsConsonant(w, i - 1),
        _ => true,
    };

    /// <summary>The number of vowel–consonant sequences.</summary>
    private static int Measure(string w)
    {
        var count = 0;
        for (var i = 1; i < w.Length; i++)
        {
            count += IsConsonant(w, i) && !IsConsonant(w, i - 1) ? 1 : 0;
        }

        return count;
    }

    private static bool HasVowel(string w)
    {
        for (var i = 0; i < w.Length; i++)
        {
            if (!IsConsonant(w, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsDouble(string w) => w.Length > 1 && w[^1] == w[^2] && IsConsonant(w, w.Length - 1);

    private static bool EndsShort(string w) =>
        w.Length > 2 && IsConsonant(w, w.Length - 3) && !IsConsonant(w, w.Length - 2) && IsConsonant(w, w.Length - 1) && w[^1] is not ('w' or 'x' or 'y');

    private static readonly (string, string)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"),
        ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
        ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string, string)[] Step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
        ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"];
}

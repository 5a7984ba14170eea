using System.Text.RegularExpressions;

namespace Museum.TextService.Grounding;

/// <summary>Says whether a model's sentence claims what no passage bears out.</summary>
internal static partial class SentenceJudge
{
    /// <summary>True when every number, year and name of the sentence stands in the passages.</summary>
    public static bool IsProven(string sentence, Passages passages)
    {
        // "No, not in 1999" repeats what the visitor has wrong, to put it right. "It did not sell until 1912" claims all the same.
        var denies = Denial().IsMatch(sentence);
        return FigureReader.Of(sentence).TrueForAll(f => !f.IsClaim || passages.Bear(f) || (denies && passages.WasAsked(f)))
            && NameReader.Of(sentence).All(passages.Bear);
    }

    [GeneratedRegex(@"\b(?:no|not|never|neither|nor|n't|rather than|instead of)\b|n[’']t\b|不是|并非|并不|没有|而非|不在|不对", RegexOptions.IgnoreCase)]
    private static partial Regex Denial();
}

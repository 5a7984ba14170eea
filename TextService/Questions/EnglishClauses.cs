using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Takes a visitor's words apart: what is asked, what is told beside it, and several questions asked at once.</summary>
internal static partial class EnglishClauses
{
    /// <summary>"I am standing before the Mona Lisa. Who painted it?": what is told is the question's context and not its matter.</summary>
    public static (string Asked, string Told) Apart(string text)
    {
        var sentences = Clause().Split(text).Where(s => s.Length > 0).ToList();
        var asks = sentences.ConvertAll(s => Asking().IsMatch(s));
        if (!asks.Contains(true) || !asks.Contains(false))
        {
            return (text, "");
        }

        return (string.Join(" ", sentences.Where((_, i) => asks[i])), string.Join(", ", sentences.Where((_, i) => !asks[i])));
    }

    /// <summary>"Who found the arm, and when?": each question by itself; one alone is the text as it is.</summary>
    public static IReadOnlyList<string> Questions(string text)
    {
        var parts = Between().Split(text).Select(p => p.Trim(' ', ',', '?', '.')).Where(p => p.Length > 0).ToList();
        if (parts.Count is < 2 or > 3 || !parts.TrueForAll(p => QuestionWord().IsMatch(p)))
        {
            return [text];
        }

        // "And when?" asks the same of the same.
        return [.. parts.Select((part, i) => i > 0 && Bare().IsMatch(part) ? $"{part} {QuestionWord().Replace(parts[0], "", 1)}" : part)];
    }

    // A clause asks when it has a question's word, or begins with a verb as only questions do; "right?" and "isn't it?" ask about the clause before.
    [GeneratedRegex(@"\b(?:who|whom|whose|what|what's|who's|which|where|where's|when|why|how|how's)\b|^\W*(?:and |but |so |or )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\s+(?!not\b)\w+|\btell me\b|\bcompare\b|\bor\b.+\?", RegexOptions.IgnoreCase)]
    private static partial Regex Asking();

    // "92.1" and "J. M. W." are no ends.
    [GeneratedRegex(@"(?<=[^\s.]{2}[.!?;])\s+|(?<=[,:])\s+|\s+[-–—]+\s+")]
    private static partial Regex Clause();

    [GeneratedRegex(@"[,?.]\s+(?:and\s+|or\s+|but\s+)?(?=(?:who|whose|what|which|where|when|why|how)\b)|\s+and\s+(?=(?:who|what|where|when|why|how)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"\b(?:who|whose|what|which|where|when|why|how)\b", RegexOptions.IgnoreCase)]
    private static partial Regex QuestionWord();

    [GeneratedRegex(@"^(?:who|where|when|why|how)$", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();
}

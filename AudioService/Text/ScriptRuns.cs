using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>A part of a sentence in one script.</summary>
internal sealed record ScriptRun(SpokenText Text, bool Latin);

/// <summary>Splits mixed text, because a Mandarin voice reads "Van Gogh" as pinyin, and an English one reads 星 as "Chinese letter".</summary>
internal static partial class ScriptRuns
{
    public static IEnumerable<ScriptRun> Split(SpokenText text)
    {
        var start = 0;
        foreach (Match latin in Latin().Matches(text.Text))
        {
            if (latin.Index > start)
            {
                yield return new ScriptRun(text.Slice(start, latin.Index - start), false);
            }

            yield return new ScriptRun(text.Slice(latin.Index, latin.Length), true);
            start = latin.Index + latin.Length;
        }

        if (start < text.Text.Length)
        {
            yield return new ScriptRun(text.Slice(start, text.Text.Length - start), false);
        }
    }

    // From a Latin letter to the last one before another script, with what stands between names: "Vincent van Gogh", "Hoa Hakananai'a".
    [GeneratedRegex(@"[A-Za-z\u00C0-\u024F](?:[A-Za-z\u00C0-\u024F0-9' .&-]*[A-Za-z\u00C0-\u024F0-9])?")]
    private static partial Regex Latin();
}

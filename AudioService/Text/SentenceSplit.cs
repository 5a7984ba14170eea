using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>
/// Cuts a text of several sentences where a voice would breathe, for callers who send one at once; turns arrive as sentences already
/// (TextService cuts them while they are written).
/// </summary>
internal static partial class SentenceSplit
{
    public static IEnumerable<string> Split(string text) =>
        End().Split(text).Select(s => s.Trim()).Where(s => s.Any(char.IsLetterOrDigit));

    // After . ! ? with a capital following, not after an initial or a common abbreviation; after 。！？ anywhere; at line breaks.
    [GeneratedRegex(@"(?<=(?<!\b(?:[A-Z]|c|ca|cf|Dr|Mr|Mrs|Ms|St|No|Nos|vs|Fig|e\.g|i\.e|approx))[.!?]['""”’)]*)\s+(?=['""“‘(]*[\p{Lu}\d])|(?<=[。！？!?；][”’」』）]*)(?=[^”’」』）\s])|[\r\n]+")]
    private static partial Regex End();
}

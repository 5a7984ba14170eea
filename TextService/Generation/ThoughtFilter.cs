using System.Text;

namespace Museum.TextService.Generation;

/// <summary>Leaves out what a model thinks aloud: servers that do not know it for thoughts send <c>&lt;think&gt;…&lt;/think&gt;</c> among the words.</summary>
internal sealed class ThoughtFilter
{
    private const string Opens = "<think>";
    private const string Closes = "</think>";

    private readonly StringBuilder pending = new();
    private bool thinks;

    /// <summary>What is meant for the visitor; a tag that comes in pieces is waited for.</summary>
    public string Push(string text)
    {
        pending.Append(text);
        var spoken = new StringBuilder();
        while (true)
        {
            var seen = pending.ToString();
            var at = seen.IndexOf(thinks ? Closes : Opens, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                var held = Begun(seen, thinks ? Closes : Opens);
                spoken.Append(thinks ? "" : seen[..^held]);
                pending.Clear().Append(seen[^held..]);
                return spoken.ToString();
            }

            spoken.Append(thinks ? "" : seen[..at]);
            pending.Remove(0, at + (thinks ? Closes : Opens).Length);
            thinks = !thinks;
        }
    }

    /// <summary>What looked like the beginning of a tag and was none.</summary>
    public string Flush() => thinks ? "" : pending.ToString();

    /// <summary>How many characters at the end may be the beginning of the tag.</summary>
    private static int Begun(string text, string tag)
    {
        for (var length = Math.Min(tag.Length - 1, text.Length); length > 0; length--)
        {
            if (tag.StartsWith(text[^length..], StringComparison.OrdinalIgnoreCase))
            {
                return length;
            }
        }

        return 0;
    }
}

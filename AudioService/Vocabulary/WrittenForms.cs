namespace Museum.AudioService.Vocabulary;

/// <summary>
/// Gives recognised words back as the curators write them: "the great wave off kanagawa" is "The Great Wave off Kanagawa". One line per
/// phrase: the words as the dictionary has them, a tab, the same number of words as they are written.
/// </summary>
internal sealed class WrittenForms
{
    private readonly Dictionary<string, string[]> phrases;
    private readonly int longest;

    public WrittenForms(IReadOnlyDictionary<string, string> phrases)
    {
        this.phrases = phrases.ToDictionary(p => p.Key, p => p.Value.Split(' '));
        longest = this.phrases.Values.Select(p => p.Length).DefaultIfEmpty().Max();
    }

    public static WrittenForms Read(string file) => new(
        (File.Exists(file) ? File.ReadLines(file) : []).Select(line => line.Split('\t')).Where(f => f.Length == 2).ToDictionary(f => f[0], f => f[1]));

    /// <summary>As many words as there are; the first with a capital.</summary>
    public string[] Of(IReadOnlyList<string> words)
    {
        var written = words.ToArray();
        for (var at = 0; at < words.Count;)
        {
            var length = Math.Min(longest, words.Count - at);
            string[]? phrase = null;
            while (length > 0 && !phrases.TryGetValue(string.Join(' ', words.Skip(at).Take(length)), out phrase))
            {
                length--;
            }

            phrase?.CopyTo(written, at);
            at += Math.Max(1, length);
        }

        if (written.Length > 0)
        {
            written[0] = char.ToUpperInvariant(written[0][0]) + written[0][1..];
        }

        return written;
    }
}

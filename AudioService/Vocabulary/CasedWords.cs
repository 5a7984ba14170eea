using System.Text.RegularExpressions;

namespace Museum.AudioService.Vocabulary;

/// <summary>Finds out how the curators write what is said: titles and names as they stand, and words that have a capital in the middle of sentences.</summary>
internal static partial class CasedWords
{
    /// <summary>For <see cref="WrittenForms"/>: spoken words, then as many written ones.</summary>
    public static Dictionary<string, string> Of(MuseumWords words)
    {
        var forms = new Dictionary<string, string>();
        foreach (var name in words.Titles.Concat(words.MakerNames))
        {
            var spoken = SpokenWords.Of(name);
            if (spoken.Length > 0 && spoken.Length == name.Split(' ').Length)
            {
                forms.TryAdd(string.Join(' ', spoken), name);
            }
        }

        var capitals = new Dictionary<string, Dictionary<string, int>>();
        foreach (var token in words.Sentences.Concat(words.Details).SelectMany(sentence => Token().Matches(sentence).Skip(1)).Select(m => m.Value))
        {
            if (SpokenWords.Of(token) is [var spoken])
            {
                var seen = capitals.TryGetValue(spoken, out var ways) ? ways : capitals[spoken] = [];
                seen[token] = seen.GetValueOrDefault(token) + 1;
            }
        }

        foreach (var (spoken, ways) in capitals)
        {
            var usual = ways.MaxBy(way => way.Value).Key;
            if (usual != spoken)
            {
                forms.TryAdd(spoken, usual);
            }
        }

        forms["i"] = "I";
        return forms;
    }

    [GeneratedRegex(@"\p{L}[\p{L}’']*")]
    private static partial Regex Token();
}

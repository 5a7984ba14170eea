using System.Text.RegularExpressions;
using Museum.TextService.Index;

namespace Museum.TextService.Questions;

/// <summary>What "the first one" and "something else by him" point at in what was spoken of.</summary>
internal static partial class EnglishReference
{
    private static readonly string[] Ordinals = ["first", "second", "third"];

    /// <param name="Topics">What "it" is now, nearest first.</param>
    /// <param name="Words">The words without those that only point.</param>
    /// <param name="Others">Other exhibits by the maker of what was spoken of, when they were asked for.</param>
    public sealed record Resolved(IReadOnlyList<int> Topics, List<string> Words, IReadOnlyList<int> Others);

    /// <param name="words">The question's words.</param>
    /// <param name="topics">The exhibits spoken of, newest first.</param>
    /// <param name="told">Words that are told beside it.</param>
    /// <param name="inOrder">The exhibits spoken of, in the order in which they were named first.</param>
    /// <param name="index">The content.</param>
    public static Resolved Resolve(List<string> words, List<string> told, IReadOnlyList<int> topics, Func<IReadOnlyList<int>> inOrder, ContentIndex index)
    {
        var text = string.Join(' ', words);
        if (topics.Count == 0)
        {
            return new Resolved(topics, words, []);
        }

        if (Another().IsMatch(text))
        {
            return new Resolved(topics, words, [.. Enumerable.Range(0, index.Exhibits.Count).Where(e => !topics.Contains(e) && SameMaker(index, e, topics[0])).Take(2)]);
        }

        if (topics.Count > 1 && (Ordinal().Match(text) is { Success: true } here ? here : Ordinal().Match(string.Join(' ', told))) is { Success: true } pointed)
        {
            var named = inOrder();
            var word = pointed.Groups["which"].Value;
            var at = Array.IndexOf(Ordinals, word);
            var meant = word is "other" ? named[^2] : word is "last" or "latter" ? named[^1] : word is "former" ? named[0] : named[Math.Min(at, named.Count - 1)];
            return new Resolved([meant, .. topics.Where(t => t != meant)], [.. Ordinal().Replace(text, " it ", 1).Split(' ', StringSplitOptions.RemoveEmptyEntries)], []);
        }

        return new Resolved(topics, words, []);
    }

    private static bool SameMaker(ContentIndex index, int a, int b) => index.Exhibits[a].Maker.En == index.Exhibits[b].Maker.En;

    [GeneratedRegex(@"\b(?:something|anything|what|who) else\b.*\b(?:by|from|of) (?:him|her|them|his|hers|the same)\b|\b(?:another|other|more) (?:\w+ )?(?:work|works|painting|paintings|picture|pictures|statue|statues|sculpture|sculptures|piece|pieces|thing|things)?\s*(?:by|of|from) (?:him|her|them|his|hers|the same)\b|\bwhat else did (?:he|she|they) (?:paint|make|do|carve|create|sculpt)|\bby the same (?:artist|painter|sculptor|maker|hand)\b")]
    private static partial Regex Another();

    [GeneratedRegex(@"(?:\bback to )?\bthe (?<which>first|second|third|last|other|former|latter)(?: one| of (?:them|the two))?(?: (?:that )?(?:you|we|i) (?:mentioned|named|talked about|spoke of|said))?(?=\s*$|\s+(?:where|who|what|when|how|why|which|is|was|does|did|has)\b)|\bthe (?<which>first|second|third|last|other|former|latter) one\b(?: (?:that )?(?:you|we|i) (?:mentioned|named|talked about|spoke of|said))?")]
    private static partial Regex Ordinal();
}

using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Finds what an English question takes for granted of the exhibit it names: a maker, a year, a place, a material.</summary>
internal static partial class EnglishClaims
{
    private const double Borne = 0.7;

    // Iron is a metal as bronze is, and is not therefore bronze.
    private const double BorneMaterial = 0.8;

    /// <param name="words">The question's words, repaired.</param>
    /// <param name="focus">Its focus terms.</param>
    /// <param name="foreignMakers">Words of makers whose works are others than the one named.</param>
    /// <param name="proper">Words written with a capital where none is due.</param>
    /// <param name="sentences">The text of the exhibit that it is claimed of.</param>
    public static IReadOnlyList<Claim> Of(
        IReadOnlyList<string> words, IReadOnlyList<EnglishFocus> focus, IReadOnlySet<string> foreignMakers, IReadOnlySet<string> proper, IReadOnlyList<IndexedSentence> sentences) =>
        // What is true of it is no answer to something else.
        [.. All(words, focus, foreignMakers, proper).Where(c => !IsBorneOut(c, sentences)).Select(c => new Claim(c.Kind, c.Terms, string.Join(' ', c.Terms.Select(t => t.Word)), IsBorneOut: false))];

    // Somebody may stand in the text as somebody else: Turing, who broke what Scherbius invented.
    private static bool IsBorneOut((QuestionKind Kind, IReadOnlyList<EnglishFocus> Terms) claim, IReadOnlyList<IndexedSentence> sentences) =>
        sentences.Any(s => claim.Terms.Any(t => t.Match(s) >= (claim.Kind == QuestionKind.Material ? BorneMaterial : Borne))
            && (claim.Kind != QuestionKind.WhoMade || s.HasAny(Traits.TheMaker) || !sentences.Any(m => m.Has(Traits.TheMaker | Traits.Made))));

    private static List<(QuestionKind Kind, IReadOnlyList<EnglishFocus> Terms)> All(
        IReadOnlyList<string> words, IReadOnlyList<EnglishFocus> focus, IReadOnlySet<string> foreignMakers, IReadOnlySet<string> proper)
    {
        var text = string.Join(' ', words);
        // What will be is no claim of what is.
        if (Future().IsMatch(text))
        {
            return [];
        }

        var claims = new List<(QuestionKind, IReadOnlyList<EnglishFocus>)>();
        var people = new List<EnglishFocus>();
        foreach (var term in focus)
        {
            var at = words.ToList().IndexOf(term.Word);
            var before = at > 0 ? words[at - 1] : "";
            var after = at >= 0 && at + 1 < words.Count ? words[at + 1] : "";
            var further = at > 1 ? words[at - 2] : "";
            if (Year().IsMatch(term.Word))
            {
                claims.Add((Found().IsMatch(text) ? QuestionKind.When : QuestionKind.WhenMade, [term]));
            }
            else if (EnglishTraits.IsMaterial(term.Word) && MadeOf().IsMatch(text))
            {
                claims.Add((QuestionKind.Material, [term]));
            }
            else if (EnglishEveryday.IsPlace(term.Word) || (proper.Contains(term.Word) && (before is "in" or "from" or "at" || (further is "in" or "from" or "at" && (before == "the" || proper.Contains(before))))))
            {
                claims.Add((PlaceKind(text), [term]));
            }
            else if (foreignMakers.Contains(term.Word) || (proper.Contains(term.Word) && EnglishEveryday.MayBeName(term.Word) && (before is "did" or "by" or "that" or "does" || Doing().IsMatch(after) || (people.Count > 0 && proper.Contains(before)))))
            {
                people.Add(term);
            }
        }

        if (people.Count > 0)
        {
            claims.Add((Found().IsMatch(text) ? QuestionKind.WhereFound : QuestionKind.WhoMade, people));
        }

        return claims;
    }

    private static QuestionKind PlaceKind(string text) => text switch
    {
        _ when Found().IsMatch(text) || Origin().IsMatch(text) => QuestionKind.WhereFound,
        _ when Making().IsMatch(text) => QuestionKind.WhereMade,
        _ => QuestionKind.WhereNow,
    };

    [GeneratedRegex(@"\b(?:will|would|going to|shall|can|could|should|may|might)\b")]
    private static partial Regex Future();

    [GeneratedRegex(@"^(?:1\d{3}|20\d{2}|\d{3})$")]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(?:found|discovered|dug|unearthed|excavated|mined)\b")]
    private static partial Regex Found();

    [GeneratedRegex(@"\b(?:come|comes|came) from\b|\bfrom\b")]
    private static partial Regex Origin();

    [GeneratedRegex(@"\b(?:paint|painted|paints|make|made|carve|carved|build|built|create|created|write|wrote|written|woven|weave|print|printed|cast|draw|drew|drawn|sewn|embroidered)\b")]
    private static partial Regex Making();

    [GeneratedRegex("^(?:painted|made|carved|built|created|invented|designed|wrote|cast|sculpted|found|discovered|drew|printed)$")]
    private static partial Regex Doing();

    [GeneratedRegex(@"\b(?:made|carved|cast|built|painted|woven|written|printed|cut|is it|of|in|on)\b")]
    private static partial Regex MadeOf();
}

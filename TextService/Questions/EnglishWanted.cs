using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>
/// Finds the sort of thing that an English question asks for: "which melody", "how many gears", "what did he eat". A text that has nothing
/// of the sort does not answer, however much else it says of who is named.
/// </summary>
internal static partial class EnglishWanted
{
    // "What musical instrument did …": two words say the sort.
    private const int MostWords = 2;

    private static readonly FrozenSet<string> Auxiliary = Words("do does did is are was were has have had can could will would");

    private static readonly FrozenSet<string> Before = Words("the a an his her its their this that these those first last great two three both young old");

    // Who is said to do something; a name does as well.
    private static readonly FrozenSet<string> Doers = Words("""
        he she they it we you people everybody
        artist painter sculptor maker author writer king queen emperor pharaoh ruler pope man woman men women boy girl brother brothers sister sisters family wife husband father mother son daughter
        workers builders soldiers farmers monks villagers thieves sailors visitors scholars experts archaeologists craftsmen egyptians greeks romans aztecs chinese
        """);

    // What is done so is told in many other words: that none of these is there proves nothing.
    private static readonly FrozenSet<string> Vague = Words("""
        use used do done make made create see look find found show depict portray represent want try mean call name say write think believe become happen serve keep hold change add leave choose need contain include
        have receive get bring take put cost discover invent paint carve build draw design work reveal learn
        """);

    /// <param name="text">As it was asked.</param>
    /// <param name="makers">The words of the makers named.</param>
    /// <param name="asked">The words of what is asked.</param>
    /// <param name="isNamed">Whether the word at a place belongs to a name.</param>
    /// <param name="kind">What it asks for.</param>
    /// <param name="focus">What it is about.</param>
    /// <returns>Null: nothing that has to be in the answer.</returns>
    public static FocusTerm? Of(
        string text, IReadOnlySet<string> makers, IReadOnlyList<string> asked, Func<int, bool> isNamed, QuestionKind kind, IReadOnlyList<EnglishFocus> focus) => kind switch
    {
        QuestionKind.Count => Any(Counted(asked), focus),
        QuestionKind.What => Any(Sort(asked), focus) ?? Any(Deed(asked, isNamed), focus) ?? Any(Owned(text, makers), focus),
        QuestionKind.Who => Any(Owned(text, makers), focus),
        _ => null,
    };

    // "How many calories", "how many possible settings"
    private static IReadOnlyList<string> Counted(IReadOnlyList<string> asked)
    {
        for (var at = 1; at + 1 < asked.Count; at++)
        {
            if (asked[at] == "many" && asked[at - 1] == "how")
            {
                var next = asked[at + 1];
                var isOfSomething = !IsMany(next) && at + 2 < asked.Count && IsMany(asked[at + 2]) && !Auxiliary.Contains(asked[at + 2]);
                return isOfSomething ? [next, asked[at + 2]] : [next];
            }
        }

        return [];
    }

    private static bool IsMany(string word) => word is [.., not 's', 's'];

    // "Which melody did he play?"
    private static IReadOnlyList<string> Sort(IReadOnlyList<string> asked)
    {
        var at = IndexOf(asked, w => w is "which" or "what", 0);
        var end = at < 0 ? -1 : IndexOf(asked, Auxiliary.Contains, at + 1);
        return end > at + 1 && end <= at + 1 + MostWords && end + 1 < asked.Count ? [.. asked.Skip(at + 1).Take(end - at - 1)] : [];
    }

    // "What did Picasso eat while he painted it?"
    private static IReadOnlyList<string> Deed(IReadOnlyList<string> asked, Func<int, bool> isNamed)
    {
        var at = IndexOf(asked, w => w == "what", 0);
        if (at < 0 || at + 3 >= asked.Count || asked[at + 1] is not ("did" or "does" or "do"))
        {
            return [];
        }

        var deed = at + 2;
        while (deed + 1 < asked.Count && (Before.Contains(asked[deed]) || IsDoer(deed)))
        {
            deed++;
        }

        return IsDoer(deed - 1) && !Vague.Contains(asked[deed]) ? [asked[deed]] : [];

        bool IsDoer(int i) => isNamed(i) || Doers.Contains(asked[i]);
    }

    // "What was Vermeer's favourite colour?": a maker's own things are no text's, unless it says so.
    private static List<string> Owned(string text, IReadOnlySet<string> makers) =>
        Possessive().Match(text) is { Success: true } match && EnglishWords.Of(match.Groups["owner"].Value) is [var owner] && makers.Contains(owner)
            ? EnglishWords.Of(match.Groups["thing"].Value) is ["favourite" or "favorite", ..] favourite ? favourite[..1] : EnglishWords.Of(match.Groups["thing"].Value)
            : [];

    private static FocusTerm? Any(IReadOnlyList<string> words, IReadOnlyList<EnglishFocus> focus) => focus.Where(f => words.Contains(f.Word)).ToList() switch
    {
        [] => null,
        [var only] => only,
        var several => new AnyFocus(several),
    };

    private static int IndexOf(IReadOnlyList<string> words, Func<string, bool> isIt, int from)
    {
        for (var i = from; i < words.Count; i++)
        {
            if (isIt(words[i]))
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"(?<owner>\w+)['’]s (?<thing>\w+(?: \w+)?)")]
    private static partial Regex Possessive();

    private static FrozenSet<string> Words(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}

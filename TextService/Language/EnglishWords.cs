using System.Collections.Frozen;

namespace Museum.TextService.Language;

/// <summary>Cuts English into words: folded, possessives off, decimals whole.</summary>
internal static class EnglishWords
{
    /// <summary>The folded words of a text, in order: <c>Klimt's Kiss, 92.1 cm</c> → klimt, kiss, 92.1, cm.</summary>
    public static List<string> Of(string text)
    {
        var folded = Folding.Fold(text);
        var words = new List<string>(folded.Length / 5);
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && IsPart(folded, i, start))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                words.Add(Bare(folded[start..i]));
                start = -1;
            }
        }

        return words;
    }

    /// <summary>Words that say nothing about what a question is about.</summary>
    public static IEnumerable<string> Stops => Stop;

    public static bool IsStop(string word) => Stop.Contains(word);

    /// <summary>True for a word that questions begin with.</summary>
    public static bool Asks(string word) => word is "who" or "whose" or "what" or "which" or "when" or "where" or "why" or "how" or "is" or "was" or "are" or "were" or "did" or "does" or "do" or "tell";

    private static bool IsPart(string text, int i, int start)
    {
        var c = text[i];
        if (char.IsLetterOrDigit(c) && !Han.Is(c))
        {
            return true;
        }

        var between = start >= 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]) && char.IsLetterOrDigit(text[i - 1]);
        return between && (c == '\'' || (c is '.' or ',' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1])));
    }

    private static string Bare(string word)
    {
        if (word.EndsWith("'s", StringComparison.Ordinal))
        {
            return word[..^2];
        }

        if (word is "disk" or "disks")
        {
            // In the name of one disc it would be that one's alone.
            return word.Replace('k', 'c');
        }

        return word.Contains(',', StringComparison.Ordinal) ? word.Replace(",", "", StringComparison.Ordinal) : word;
    }

    // Words that say nothing about what a question is about, visitors' politeness included.
    private static readonly FrozenSet<string> Stop = """
        a an the this that these those some any each every all both such same other another own
        i me my mine we us our you your he him his she her hers it its they them their theirs one ones someone somebody anyone anybody everyone people somewhere anywhere everywhere nowhere sometimes
        is am are was were be been being do does did doing done has have had having can could will would shall should may might must cannot
        isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't hasn't haven't hadn't i'm i'd i've it's that's what's who's where's when's how's let's there's here's
        who whom whose what which when where why how
        and or but nor not no yes if then than so as because while though although whether
        of in on at by for with from to into onto upon about above below over under after before between among during until since through against around near off out up down away within without across behind beside along
        there here now today currently nowadays ever never always often still yet already again also too very quite just only even really actually exactly precisely originally
        please tell know want like wonder wondering say said give explain describe ask question questions answer hear heard think thought hello hi hey thanks thank okay ok well sorry
        exact total whole overall main full approximately roughly nearly almost maybe simply possibly probably apparently supposed supposedly somehow really heard says said whats whos wheres hows thats cant dont doesnt didnt isnt wasnt im ive saying swear swore rest true correct wrong
        maybe perhaps much many more most less least few lot lots bit kind sort type thing things something anything everything nothing way
        get got make's go going went come comes came let put set
        painting paintings picture pictures artwork artworks art work works piece pieces exhibit exhibits object objects item items masterpiece
        visitor visitors guide museum's
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}

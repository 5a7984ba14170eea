using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Answers;

/// <summary>The guide's own sentences. First person, short, no exclamation marks (shared/design/look/look.md §5).</summary>
internal static class Wordings
{
    // Enough to give an idea; a list of 72 is not worth hearing.
    private const int Named = 3;

    /// <summary>How every answer begins that the content does not give. A model is told to begin so too.</summary>
    public static Localized<string> DontKnow { get; } = new("Our texts don’t say, and I won’t guess.", "馆里的资料没有提到，我不想乱猜。");

    /// <summary>True when a text says so, in either language, whatever apostrophes and commas its writer uses.</summary>
    public static bool SaysDontKnow(string text)
    {
        var letters = Letters(text);
        return Tongues.All.Any(t => letters.Contains(Letters(DontKnow[t]), StringComparison.Ordinal));
    }

    public static Localized<string> AskOther { get; } = new("Perhaps you would like to ask me something else?", "要不要换个问题问我？");

    /// <summary>To who asks about what the museum keeps out of its guide's talk.</summary>
    public static Localized<string> NotMine { get; } = new("That is something I leave to others. I’m glad to tell you about the works here.", "这个话题我就不谈了。馆里的展品，我很乐意讲给你听。");

    /// <summary>After a sentence of a model's with something that no text says.</summary>
    public static Localized<string> Hedge { get; } = new("That is not in our texts, though, so take it with care.", "不过馆里的资料没有这样写，仅供参考。");

    public static Localized<string> WhichOne { get; } = new("Which work do you mean? Tell me its name, and I’ll look.", "你说的是哪一件？告诉我名字，我来找找。");

    /// <summary>Before what is right, when the question took something else for granted.</summary>
    public static Localized<string> Correction { get; } = new("Not quite:", "这里要更正一下：");

    public static Localized<string> Greeting { get; } = new("Hello. I’m the guide. Ask me anything about the works here.", "你好，我是向导。馆里的展品，想问什么都可以。");

    public static Localized<string> Welcome { get; } = new("You’re welcome. I’m here if you want to know more.", "不客气。还想知道什么，随时问我。");

    public static Localized<string> Farewell { get; } = new("Goodbye, and enjoy the rest of your visit.", "再见，祝你看得开心。");

    /// <summary>What the guide can tell of an exhibit instead of what was asked.</summary>
    public static string Nearby(Exhibit exhibit, Tongue tongue) => tongue == Tongue.Zh
        ? $"{Titles([exhibit], tongue)}是什么、有什么来历、有什么意义，我都可以讲。"
        : $"What {exhibit.Title.En} is, its story and what it means, I can tell you.";

    /// <summary>Which of two is older, larger or heavier.</summary>
    public static string Compared(QuestionKind kind, Exhibit exhibit, Tongue tongue)
    {
        var title = Titles([exhibit], tongue);
        return (kind, tongue) switch
        {
            (QuestionKind.WhenMade, Tongue.Zh) => $"这样看来，{title}的年代更早。",
            (QuestionKind.WhenMade, _) => $"So {title} is the older of the two.",
            (QuestionKind.When, Tongue.Zh) => $"这样看来，{title}在先。",
            (QuestionKind.When, _) => $"So {title} came first.",
            (QuestionKind.Size, Tongue.Zh) => $"这样看来，{title}的尺寸更大。",
            (QuestionKind.Size, _) => $"So {title} is the larger.",
            (QuestionKind.Weight, Tongue.Zh) => $"这样看来，{title}更重。",
            (QuestionKind.Weight, _) => $"So {title} is the heavier.",
            _ => "",
        };
    }

    /// <summary>What the guide can do, from what the content really holds.</summary>
    public static string Abilities(ContentIndex index, Tongue tongue)
    {
        var titles = Titles(Spread(index.Exhibits, Named), tongue);
        var halls = List(index.Halls.Select(h => h.Name[tongue]), tongue);
        var count = index.Exhibits.Count;
        return tongue == Tongue.Zh
            ? $"我是向导，只根据策展人写下的文字回答，资料里没有的，我会直说。馆里有{count}件展品{(halls.Length > 0 ? $"，展厅有{halls}" : "")}。可以问我{titles}。"
            : $"I’m the guide. I answer from what the curators wrote, and I say so when the texts don’t. There are {count} works here{(halls.Length > 0 ? $", in these halls: {halls}" : "")}. Ask me about {titles}, for example.";
    }

    /// <summary>What hangs in a hall.</summary>
    public static string HallList(ContentIndex index, Hall hall, Tongue tongue)
    {
        var exhibits = index.Exhibits.Where(e => e.Hall == hall.Number).ToList();
        var titles = Titles(Spread(exhibits, 6), tongue);
        return tongue == Tongue.Zh
            ? $"{hall.Number}号展厅是“{hall.Name.Zh}”，共有{exhibits.Count}件展品，其中有{titles}。"
            : $"Hall {hall.Number} is {hall.Name.En}. It has {exhibits.Count} works, among them {titles}.";
    }

    private static string Letters(string text) => string.Concat(Folding.Fold(text).Where(char.IsLetter));

    private static string Titles(IEnumerable<Exhibit> exhibits, Tongue tongue) =>
        List(exhibits.Select(e => tongue == Tongue.Zh && !e.Title.Zh.Contains('《', StringComparison.Ordinal) ? $"《{e.Title.Zh}》" : e.Title[tongue]), tongue);

    private static string List(IEnumerable<string> names, Tongue tongue)
    {
        var all = names.ToList();
        return tongue == Tongue.Zh
            ? string.Join("、", all)
            : all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    // From all over the list, not its beginning.
    private static IEnumerable<Exhibit> Spread(IReadOnlyList<Exhibit> exhibits, int count) =>
        exhibits.Where((_, i) => i % Math.Max(1, exhibits.Count / count) == Math.Max(1, exhibits.Count / count) / 2).Take(count);
}

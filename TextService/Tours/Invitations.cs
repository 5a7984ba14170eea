using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Tours;

/// <summary>How the guide proposes to go on. First person, short, no exclamation marks, as all its own sentences.</summary>
internal static class Invitations
{
    /// <param name="exhibit">Where to.</param>
    /// <param name="hallName">Of its hall; empty: the hall has none.</param>
    /// <param name="isHere">It is in the hall where the visitor is.</param>
    /// <param name="bySame">It is by the maker of what was last spoken of.</param>
    /// <param name="tongue">The language.</param>
    public static string To(Exhibit exhibit, string hallName, bool isHere, bool bySame, Tongue tongue) =>
        tongue == Tongue.Zh ? Chinese(exhibit, hallName, isHere, bySame) : English(exhibit, hallName, isHere, bySame);

    private static string English(Exhibit exhibit, string hallName, bool isHere, bool bySame)
    {
        var where = isHere ? "in this hall too" : hallName.Length > 0 ? $"in hall {exhibit.Hall}, {hallName}" : $"in hall {exhibit.Hall}";
        return $"If you like, I’ll show you {exhibit.Title.En} next. {(bySame ? $"It is by {exhibit.Maker.En} as well, and you" : "You")} will find it {where}.";
    }

    private static string Chinese(Exhibit exhibit, string hallName, bool isHere, bool bySame)
    {
        var title = exhibit.Title.Zh.Contains('《', StringComparison.Ordinal) ? exhibit.Title.Zh : $"《{exhibit.Title.Zh}》";
        var where = isHere ? "就在这个展厅" : hallName.Length > 0 ? $"在{exhibit.Hall}号展厅“{hallName}”" : $"在{exhibit.Hall}号展厅";
        return $"有兴趣的话，接下来可以看看{title}，{(bySame ? $"作者也是{exhibit.Maker.Zh}，" : "")}它{where}。";
    }
}

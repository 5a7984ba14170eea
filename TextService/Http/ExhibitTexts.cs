using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Http;

/// <summary>What a visitor may read of an exhibit, in one language. What is missing there is in the other.</summary>
/// <param name="Language">Of the text: the one that was asked for, if the exhibit has it.</param>
/// <param name="Suggested">Questions that the guide can answer about it.</param>
internal sealed record ExhibitText(
    string Id, string Language, Localized<string> Title, int? Hall, string? HallName, string Maker, string Date, string Material, IReadOnlyList<Section> Text, IReadOnlyList<string> Suggested)
{
    public static ExhibitText Of(ContentIndex index, int number, Tongue wanted)
    {
        var exhibit = index.Exhibits[number];
        var tongue = exhibit.Body[wanted].Count > 0 ? wanted : wanted == Tongue.En ? Tongue.Zh : Tongue.En;
        var hall = index.Halls.FirstOrDefault(h => h.Number == exhibit.Hall);
        return new(
            exhibit.Id,
            tongue.Code(),
            exhibit.Title,
            exhibit.Hall > 0 ? exhibit.Hall : null,
            hall?.Name[wanted],
            exhibit.Maker[tongue],
            exhibit.Date[tongue],
            exhibit.Material[tongue],
            exhibit.Body[tongue],
            index.Offered[number][tongue]);
    }
}

/// <param name="Version">Names exactly this content: what was kept under another one is old.</param>
/// <param name="Page">From 1.</param>
internal sealed record ExhibitTexts(string Version, IReadOnlyList<ExhibitText> Exhibits, int Total, int Page, int Size);

using System.Text.RegularExpressions;

namespace Museum.AudioService.Text;

/// <summary>Roman numerals, which are ordinals after a ruler's name, numbers after "Act" or "Chapter", and otherwise may be the pronoun I.</summary>
internal static partial class EnglishRoman
{
    public static SpokenText Write(SpokenText text) => text
        .Replace(Century(), m => EnglishNumbers.Roman(m.Groups[1].Value) is { } n ? EnglishNumbers.Ordinal(n) : null)
        .Replace(Regnal(), m => EnglishNumbers.Roman(m.Value) is { } n ? "the " + EnglishNumbers.Ordinal(n) : null)
        .Replace(Titled(), m => EnglishNumbers.Roman(m.Groups[2].Value) is { } n ? $"{m.Groups[1].Value} the {EnglishNumbers.Ordinal(n)}" : null)
        .Replace(Numbered(), m => EnglishNumbers.Roman(m.Value) is { } n ? EnglishNumbers.TwoDigits(n) : null)
        .Replace(Year(), m => EnglishNumbers.Roman(m.Value) is >= 1000 and <= 2100 and var year ? EnglishNumbers.Year(year) : null);

    // "the XIX century", "the XVIIIth century"
    [GeneratedRegex(@"\b([IVX]+)(?:st|nd|rd|th)?(?=\s(?:century|centuries|c\.))")]
    private static partial Regex Century();

    // "Louis XIV", "Elizabeth I"
    [GeneratedRegex(@"(?<=\b(?:Louis|Henry|Charles|George|Philip|Edward|Elizabeth|James|William|Francis|Frederick|Napoleon|Catherine|Peter|Ivan|Nicholas|Alexander|Ramesses|Ramses|Rameses|Ptolemy|Thutmose|Tuthmosis|Amenhotep|Amenemhat|Senusret|Seti|Sargon|Ashurnasirpal|Shalmaneser|Tiglath-Pileser|Nebuchadnezzar|Darius|Xerxes|Artaxerxes|Cyrus|Cambyses|Attalus|Eumenes|Antiochus|Demetrius|Seleucus|Julius|Leo|Pius|Paul|Sixtus|Clement|Urban|Innocent|Boniface|Gregory|Benedict|Alfonso|Ferdinand|Isabella|Leopold|Maximilian|Rudolf|Joseph|Wilhelm|Friedrich|Christian|Gustav|Mehmed|Selim|Murad|Cosimo|Lorenzo|Ludwig|Umberto|Moctezuma|Montezuma|Richard|Mary|Victoria)\s)[IVX]+\b(?!['’]|\.\w)")]
    private static partial Regex Regnal();

    // "King Zog I of Albania": any name, after a title.
    [GeneratedRegex(@"(?<=\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Kaiser|Sultan|Pharaoh|Duke|Prince|Shah)\s)([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s([IVX]+)\b(?!['’])")]
    private static partial Regex Titled();

    // A single I counts only where no sentence can go on with "I": "Act I, Scene II", but "In Act Two I saw".
    [GeneratedRegex(@"(?<=\b(?:Act|Scene|Chapter|Book|Volume|Vol\.|Part|Room|Gallery|Plate|Figure|Phase|Type|Stage|Layer|Apollo|Version|Section|Canto|Symphony|War|Dynasty|Temple|Tomb|Stela|Style|Class|Level|Hall|Period)\s)(?:[IVX]{2,}|[VX]|I(?=\s?[,.;:!?)]|\s(?:of|and|to|in|is|was)\b|$))\b")]
    private static partial Regex Numbered();

    // MDCCCLXXXIX on a pedestal
    [GeneratedRegex(@"\bM[MDCLXVI]{3,}\b")]
    private static partial Regex Year();
}

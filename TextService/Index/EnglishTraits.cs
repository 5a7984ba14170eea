using System.Text.RegularExpressions;

namespace Museum.TextService.Index;

/// <summary>Reads the traits of an English sentence from its form.</summary>
internal static partial class EnglishTraits
{
    private static readonly (Traits Trait, Regex Pattern)[] Patterns =
    [
        (Traits.Year, Year()), (Traits.Measure, Measure()), (Traits.Weight, Weight()), (Traits.Number, Number()), (Traits.Several, Number()), (Traits.Money, Money()), (Traits.Age, Age()),
        (Traits.Person, Person()), (Traits.Place, Place()), (Traits.Reason, Reason()), (Traits.WeakReason, WeakReason()), (Traits.Meaning, Meaning()),
        (Traits.Material, Material()), (Traits.Made, Made()), (Traits.Found, Found()), (Traits.Kept, Kept()), (Traits.Definition, Definition()),
        (Traits.Method, Method()), (Traits.Duration, Duration()), (Traits.StrongMethod, StrongMethod()), (Traits.StrongMeaning, StrongMeaning()), (Traits.PointsBack, PointsBack()), (Traits.Origin, Origin()),
    ];

    public static Traits Of(string sentence) => Patterns.Aggregate(Traits.None, (all, p) => p.Pattern.IsMatch(sentence) ? all | p.Trait : all);

    public static bool IsNumber(string word) => Number().Match(word) is { Success: true } m && m.Length == word.Length;

    public static bool IsMaterial(string word) => Material().IsMatch(word);

    private const string Numeral =
        @"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|several)";

    [GeneratedRegex(@"\b1[0-9]{3}\b|\b20[0-4]\d\b|\b\d+\s*(?:BC|BCE|AD|CE)\b|\bAD\s*\d|\bcentur(?:y|ies)\b|\bmillenni|\b(?:million|thousand|,000|hundred)\s+years\b|\byears (?:old|ago)\b|\bBronze Age\b|\b\d,\d{3}\s+years\b|\b(?:early|mid|late) \d+th\b|\bdynasty\b")]
    private static partial Regex Year();

    [GeneratedRegex(@"\b" + Numeral + @"(?:\s+and\s+a\s+half)?[\s-]+(?:(?:square|cubic)\s+)?(?:centi|milli|kilo)?(?:met(?:re|er)s?|feet|foot|inch(?:es)?|miles?)\b|\bmet(?:re|er)s (?:high|tall|wide|long|across)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Measure();

    [GeneratedRegex(@"\b" + Numeral + @"[\s-]+(?:kilo)?(?:grams?|grammes?|tonnes?|tons?|carats?|kilos?)\b|\bweigh", RegexOptions.IgnoreCase)]
    private static partial Regex Weight();

    [GeneratedRegex(@"\b" + Numeral + @"\b", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:guilders?|crowns|dollars?|pounds|francs?|euros?|cents|livres?|florins?|ducats?|marks|kronor|kroner|roubles?|rubles?|sterling|shillings?|yuan|taels?)\b|\b(?:price|cost|paid|fee)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"\byears old\b|\bat the age of\b|\baged \w+|\b\w+-year-old\b|\bin (?:his|her|their) (?:\w+ )?(?:teens|twenties|thirties|forties|fifties)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Age();

    // Somebody who does something: a name with a title or as subject, "by" somebody, or people by what they are.
    [GeneratedRegex(@"\b(?:[Kk]ing|[Qq]ueen|[Ee]mperor|[Pp]ope|[Pp]hara?oh|[Ss]ultan|[Ll]ord|[Ss]ir|[Dd]uke|[Mm]arquis|[Pp]rince(?:ss)?|[Cc]aptain|[Aa]rtist|[Pp]ainter|[Ss]culptor|[Pp]oet|[Cc]ount|[Bb]ishop|[Gg]eneral|[Oo]fficer|[Aa]rchaeologist) (?:[a-z]+ )?[A-Z]|\bby (?:the |a |an )?(?:\w+ ){0,2}[A-Z][a-z]+|^(?:The \w+ (?:\w+ )?)?[A-Z][\w'’-]+ (?:(?:van|von|de|da) )?[A-Z][\w'’-]+|[a-z,] [A-Z][\w'’-]+ (?:(?:van|von|de|da|del|of|the|ibn) )*[A-Z][\w'’-]+(?: (?:was|is|had|has|who|wrote|gave|took|saw|led|found|bought|stole|paid|sold|built|made|drew|kept|sent|lent|won|left|began|came|went|and|\w+ed)|,)|\b(?:named|called) [A-Z]\w+ [A-Z]\w+|\b(?:farmers?|soldiers?|workers?|workmen|workman|priests?|villagers?|peasants?|herdsm[ae]n|shepherds?|fishermen|divers?|monks?|nuns?|craftsm[ae]n|artists?|sculptors?|scribes?|scholars?|hunters?|hikers?|astronauts?|women|men|king|queen|emperor|god|goddess)\b")]
    private static partial Regex Person();

    [GeneratedRegex(@"\b(?:in|at|near|from|to|on|of|off|outside|under|between|above) (?:the )?(?:[a-z]+ )?[A-Z][\w'’-]+|\b[A-Z]\w+ (?:Museum|Gallery|Library|Palace|Cathedral|Abbey)")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:because|since|so that|in order|due to|thanks to|reason|therefore|owing to|meant to|intended|in the hope|for fear|explains?|after all|to avoid|was (?:supposed|designed) to|(?:made|built|carved|created|erected|set up) to (?!be\b))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\b(?:so|as|for|to|who|which|until|when|after|while|but|by)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WeakReason();

    [GeneratedRegex(@"\b(?:stands? for|stood for|standing for|symbol\w*|mean(?:s|t|ing)?|represents?|represented|emblem|sign of|expresses|expressed|idea|image of|reminds?|reminder|recalls?|celebrat\w+|speaks? of|embod\w+|allegor\w+|read (?:it|as|the)|read as|reading|message|believed|promis\w+|declares?|shows? (?:that|how)|tells?|likeness|turns? into|becomes?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Meaning();

    [GeneratedRegex(@"\b(?:oil|canvas|panel|wood(?:en)?|bricks?|glazed|oak|poplar|spruce|maple|limewood|bronze|brass|copper|tin|iron|steel|gold(?:en)?|silver|lead|marble|limestone|sandstone|granite|granodiorite|basalt|diorite|alabaster|gypsum|stone|rock|jade(?:ite)?|clay|terracotta|ceramic|porcelain|glass|silk|paper|vellum|parchment|calfskin|leather|linen|wool|ivory|shell|lapis|enamel|diamonds?|tempera|fresco|plaster|stucco|pigments?|ink|aluminium|titanium|cotton|muslin|feathers?|bone|slate|serpentine|quartz\w*|cardboard|pastel)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Material();

    [GeneratedRegex(@"\b(?:paint(?:ed|er|s)|made|creat(?:ed|or)|carved|sculpt(?:ed|or)|built|designed|drew|drawn|wrote|written|cast|forged|woven|crafted|produced|composed|printed|engraved|embroidered|artist|maker|work of|work by|by the|from the (?:hand|workshop)|dates?|dated|finished|completed|begun|began|hammered|commissioned|assembled|copied|invented|moulded|modelled)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Made();

    [GeneratedRegex(@"\b(?:found|discover(?:ed|y|er)|unearthed|excavat\w+|dug|came to light|recovered|uncovered|struck|spotted)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Found();

    [GeneratedRegex(@"\b(?:kept|hangs?|hung|display(?:ed)?|housed?|on view|on show|exhibited|belongs?|museum|gallery|lives?|stands?|home|rests?|preserved|held|collection|library|can be seen|visitors)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^[^,.]{2,60}? (?:is|are|was|were) (?:an?|the|one|several|not an?|probably|almost)\b")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\b(?:by (?:the )?\w+ing|by means|method|technique|process|using|used|with|from|first|then|mould|layers?|step|pressed|poured|hammered|out of)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Method();

    [GeneratedRegex(@"\b(?:\w+ed|\w+en|made|cast|built|works?|run|drawn|cut|put|moves?|kept|keeps) (?:\w+ )?(?:by|from|with|using|through|out of)\b|\bby (?:\w+ )?\w+ing\b", RegexOptions.IgnoreCase)]
    private static partial Regex StrongMethod();

    [GeneratedRegex(@"\b(?:stands? for|stood for|standing for|symbol\w*|represent\w*|emblem|embod\w+|allegor\w+|express\w*|meaning|means|meant)\b", RegexOptions.IgnoreCase)]
    private static partial Regex StrongMeaning();

    [GeneratedRegex(@"\b" + Numeral + @"[\s-]+(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b(?:came|comes|come|brought|shipped|carried|mined|quarried|imported|taken) (?:\w+ ){0,3}from\b|\bmined in\b|\bores? (?:that )?(?:came )?from\b", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    [GeneratedRegex(@"^(?:It|He|She|They|His|Her|Its|Their|This|That|These|Those|There|Such|So|But|And|Yet|Then|Both|Here)\b(?! (?:is|are|was|were) (?:no|a|an|only|still|many)\b)")]
    private static partial Regex PointsBack();
}

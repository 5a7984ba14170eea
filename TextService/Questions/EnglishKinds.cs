using System.Text.RegularExpressions;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Tells the kind of an English question, and which of its words belong to the frame and not to the matter.</summary>
internal static partial class EnglishKinds
{
    private const string Making = "paint(?:ed|er|ing)?|made?|create[ds]?|creator|carve[dr]?|sculpt(?:ed|or)?|buil[td]|design(?:ed|er)?|drew|draw|drawn|wr[oi]te|written|writer|author|cast|forged?|woven|weaved?|crafted?|produced?|composed?|artist|maker|print(?:ed)?|engraved?|embroidered|stitched|invented|manufactured|sculpture by|work of|made by";

    // The first that matches decides; the frame is what it says of the kind alone.
    private static readonly (QuestionKind Kind, Regex Pattern, string Frame)[] Kinds =
    [
        (QuestionKind.Why, Why(), "reason reasons purpose cause come"),
        (QuestionKind.Meaning, Meaning(), "idea thought moral lesson point hidden behind tell mean means meaning stand stands stood symbol symbolise symbolize symbolises symbolizes symbolic symbolism represent represents represented signify significance message express interpret interpretation try trying tell"),
        (QuestionKind.Price, Price(), "money price cost costs pay paid worth sell sold buy bought fetch bring"),
        (QuestionKind.Weight, Weight(), "heavy weigh weighs weighed weight kilograms kilos tons tonnes"),
        (QuestionKind.Age, Age(), "old age young years"),
        (QuestionKind.Duration, Duration(), "long last lasted take took time"),
        (QuestionKind.Size, Size(), "big large tall high wide long deep thick small tiny size dimensions dimension height width length measure measures measurements metres meters centimetres"),
        (QuestionKind.Count, Count(), "many number amount total"),
        (QuestionKind.When, When(), "year years date dates dated century old age ago time day month period era from originate"),
        (QuestionKind.WhoMade, WhoMade(), "artist painter maker creator sculptor author paint painted made make created carved sculpted built designed drew wrote written cast forged woven crafted produced composed printed invented invent attributed responsible name craftsman"),
        (QuestionKind.Who, Who(), "who person people name king queen emperor pope poet god goddess saint scholar scientist writer critic princess ruler archaeologist family astronauts astronaut soldiers brothers crew show shows shown depict depicts depicted portray portrays portrayed"),
        (QuestionKind.WhereFound, WhereTheyFind(), "place site country city region location come found find discovered unearthed excavated dug"),
        (QuestionKind.WhereNow, WhereNow(), "museum gallery hang hangs kept keep displayed display housed stand stands seen see view visit live lives located location exhibited exhibit collection today city country building home belong belongs look find found stay rest place owns"),
        (QuestionKind.WhereFound, WhereFound(), "place site country city region location come found discovered unearthed excavated dug"),
        (QuestionKind.WhereMade, WhereMade(), "place country city region location come originate made painted created carved built"),
        (QuestionKind.Where, Where(), "place country city region location come"),
        (QuestionKind.Material, Material(), "made material materials painted carved built cast metal stone rock wood fabric support use used consist kind type medium technique"),
        (QuestionKind.Overview, Overview(), "about more history story introduce introduction information info details overview summary"),
        (QuestionKind.How, How(), "manage possible method technique work works worked working function functions operate operated"),
        (QuestionKind.YesNo, YesNo(), "true"),
    ];

    private static readonly HashSet<string> MakingWords = [.. Regex.Matches(Making, "[a-z]+").Select(m => m.Value), "painted", "maked", "created", "carved", "carver", "sculptor", "built", "builds", "designer", "wrote", "forged", "painter", "artist"];

    /// <summary>The words by which a question says what it wants.</summary>
    public static IEnumerable<string> FrameWords => Kinds.SelectMany(k => k.Frame.Split(' ')).Concat(MakingWords);

    /// <param name="folded">The question's words, with "exhibit" for the names of exhibits.</param>
    /// <param name="words">All its words.</param>
    /// <returns>The kind, and the frame's words that occur in the question.</returns>
    public static (QuestionKind Kind, HashSet<string> Frame) Of(string folded, IReadOnlyList<string> words)
    {
        // "The man who found it": somebody, and nobody asked for.
        folded = Relative().Replace(folded, "somebody ");
        foreach (var (kind, pattern, frame) in Kinds)
        {
            if (!pattern.IsMatch(folded))
            {
                continue;
            }

            var inFrame = frame.Split(' ').ToHashSet();
            if (kind != QuestionKind.When)
            {
                return (kind, [.. words.Where(inFrame.Contains)]);
            }

            // "When was it painted?" asks for the date of the work; "when was it stolen?" for that of an event.
            var making = words.Where(MakingWords.Contains).ToList();
            var rest = words.Where(w => !EnglishWords.IsStop(w) && !inFrame.Contains(w) && !MakingWords.Contains(w));
            return making.Count > 0 || OfAge().IsMatch(folded)
                ? (QuestionKind.WhenMade, [.. words.Where(w => inFrame.Contains(w) || MakingWords.Contains(w))])
                : (kind, [.. words.Where(inFrame.Contains)]);
        }

        return (QuestionKind.What, []);
    }

    [GeneratedRegex(@"\b(?:the|a|an) (?:\w+ )?(?:man|woman|person|people|one|guy|artist|painter|king|queen|sculptor|farmer|girl|boy) who ")]
    private static partial Regex Relative();

    [GeneratedRegex(@"\bwhy\b|\bhow come\b|\bfor what reason|\bwhat (?:is|was|were|are) the (?:reason|purpose|cause)|\bwhat (?:made|makes|caused|led)\b|\bwhat for\b|\bwhat .{3,40} (?:used|meant) for\b")]
    private static partial Regex Why();

    [GeneratedRegex(@"\bmean(?:s|ing)?\b|\bstand(?:s|ing)? for\b|\bstood for\b|\bsymbol|\brepresent|\bsignif|\bmessage\b|\binterpret|\bexpress\b|\b(?:the|what) (?:idea|thought|moral|lesson|message)\b|\bwhat(?:'s| is| was)? the point of\b|\bhidden meaning\b|\bto do with\b|\b(?:trying|supposed|meant) to (?:say|tell|show)|^what(?: is| was)? .*\babout$")]
    private static partial Regex Meaning();

    [GeneratedRegex(@"\bhow much (?:money|(?:would|will|could|can|might) .{2,60}\b(?:fetch|cost|bring|sell|go for|make|be worth)|did|was .{3,60}(?:sold|bought|paid)|is .{3,60}worth|does .{3,60}cost|is (?:a|an|the)\b(?! .*weigh))|\bprice\b|\bcosts?\b|\bhow expensive\b|\bworth\b")]
    private static partial Regex Price();

    [GeneratedRegex(@"\bhow heavy\b|\bweigh|\bweight\b|\bhow many (?:kilos?|kilograms|tonn?e?s|tons)\b")]
    private static partial Regex Weight();

    [GeneratedRegex(@"\bhow old (?:was|were) (?:the )?(?:painter|artist|sculptor|he|she|king|queen|pharaoh|maker|man|woman|boy|girl)\b|\bhow old (?:was|were) .{2,40} when (?:he|she|they)\b|\bat what age\b|\bwhat age was\b|\bhow young\b|\bwhen (?:he|she) (?:was|died)\b.*\bage\b")]
    private static partial Regex Age();

    [GeneratedRegex(@"\bhow long (?:did|does|do|has|have|had|was .*(?:buried|hidden|lost|underground|away|kept|stolen|missing))\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b(?! (?:old|ago))")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\bhow (?:big|large|tall|high|wide|long (?!did|does|has|have|had|ago)|deep|thick|small|tiny)|\bwhat (?:is|are|was) (?:the|its|their) (?:\w+ )?(?:size|dimensions?|height|width|length|measurements?)|\bdimensions?\b|\bmeasurements?\b|\bwhat size\b|\bhow many (?:centi)?met(?:re|er)s")]
    private static partial Regex Size();

    [GeneratedRegex(@"\bhow many\b|\bwhat number\b|\bthe number of\b")]
    private static partial Regex Count();

    [GeneratedRegex(@"^(?:(?!\b(?:who|what|which|where|why|how)\b).)*\bwhen\b|\b(?:what|which) (?:year|date|century|day|month|period|era|time)\b|\bhow (?:old|long ago)\b|\bfrom what (?:time|period)\b|\bwhat year\b|\bhow many years (?:old|ago)\b|\bage of\b|\bdate of\b")]
    private static partial Regex When();

    [GeneratedRegex(@"\bhow old\b|\bfrom\??$|\bdates? (?:from|back|to)\b|\bage of\b|\bdate of\b|\b(?:finished|completed|begun|started)\b")]
    private static partial Regex OfAge();

    [GeneratedRegex(@"\bwho (?:\w+ )?(?:was it (?:that|who) )?(?:actually |really |originally |first )?(?:" + Making + @")\b|\bby whom\b|\bwho(?:se)? (?:is|was|are|were) (?:the )?(?:artist|painter|sculptor|creator|maker|author|architect|designer)|\b(?:which|what) (?:\w+ )?(?:artist|painter|sculptor|master|architect|composer|craftsm[ae]n) (?:\w+ )?(?:" + Making + @")\b|\bname of (?:the|its) (?:artist|painter|sculptor|maker|creator)|\b(?:artist|painter|sculptor|creator|maker|author) (?:of|behind)\b|^(?:and |so )?(?:the |its |his |her )?(?:artist|painter|sculptor|creator|maker|author)$|\bwhose (?:work|painting|hand)\b|\bwho is .{3,60} by\b|\battributed\b|\bwho (?:is|was) (?:responsible|behind)\b|\b(?:made|painted|created|carved) by who")]
    private static partial Regex WhoMade();

    [GeneratedRegex(@"\bwho(?:m|se)?\b|\b(?:which|what) (?:\w+ )?(?:artist|painter|sculptor|king|queen|emperor|pope|poet|person|man|woman|god|goddess|people|saint|scholar|scientist|writer|critic|princess|ruler|archaeologist|captain|family|astronauts?|soldiers?|brothers|crew|scholars|writers|kings|queens|gods|artists)\b")]
    private static partial Regex Who();

    [GeneratedRegex(@"\b(?:in|at|to|by) (?:which|what) (?:\w+ )?(?:museum|gallery|library|collection|palace|building)\b|\b(?:which|what) (?:\w+ )?(?:museum|gallery|library|collection)\b|\bwhere .*\b(?:now|today|nowadays|currently|hangs?|kept|displayed|housed|live|located|see|seen|visit|exhibited|on display|on view|stand|preserved|go to|look at|stored|find)\b|\bwhere(?:'s| is| are) (?!.*\b(?:from|made|found|painted|discovered|unearthed|born|buried|hidden|carved|built|created|written|mined|signature|signed)\b)|\bcurrent (?:location|home)|\bwho owns\b")]
    private static partial Regex WhereNow();

    [GeneratedRegex(@"\bwhere\b.*\bdid \w+ (?:find|discover|dig up|unearth|excavate)\b")]
    private static partial Regex WhereTheyFind();

    [GeneratedRegex(@"\bwhere .*\b(?:found|discovered|unearthed|excavated|dug|come to light|recovered)\b")]
    private static partial Regex WhereFound();

    [GeneratedRegex(@"\bwhere .*\b(?:made|painted|created|carved|built|written|cast|printed|produced|from|originate|woven)\b|\b(?:which|what) (?:country|city|town) .*\b(?:from|made|painted|created|built|come)\b")]
    private static partial Regex WhereMade();

    [GeneratedRegex(@"\bwhere\b|\b(?:in|from|at|to) (?:which|what) (?:\w+ )?(?:city|town|country|place|village|island|region|river|church|temple|tomb|cave)\b|\b(?:which|what) (?:city|town|country|place|village|island|region)\b")]
    private static partial Regex Where();

    [GeneratedRegex(@"\b(?:made|built|carved|consist|cast|woven|written|painted|printed|composed|constructed|sculpted) (?:out )?(?:of|from|on|in|with)\s*\??$|\bwhat .*\b(?:made|carved|built|cast|composed|constructed) (?:out )?(?:of|from)\b|\bmaterials?\b|\b(?:what|which) (?:kind|type|sort) of (?:stone|rock|wood|metal|paper|material|silk|marble|clay|fabric)\b|\b(?:what|which) (?:stone|rock|wood|metal|medium|alloy)\b|\bwhat .*\bconsist")]
    private static partial Regex Material();

    [GeneratedRegex(@"\btell me (?:more |something |a bit |everything )?(?:about|the story)\b|^(?:so )?what(?:'s| is| are| was| were) (?:(?:the|a|an) )?(?!.*\b(?:in|on|of|behind|under|from|with|between|for)\b)|\bwhat do you know about\b|\bdescribe\b|\bintroduc|\bstory (?:of|behind)\b|\bhistory of\b|^about\b|\bexplain\b|\bwhat(?:'s| is) so special\b")]
    private static partial Regex Overview();

    [GeneratedRegex(@"\bhow\b")]
    private static partial Regex How();

    [GeneratedRegex(@"^(?:so |and |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b")]
    private static partial Regex YesNo();
}

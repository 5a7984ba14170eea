using System.Text.RegularExpressions;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>Recognises in a sentence what the exhibit's data say: its maker, date, home and so on.</summary>
internal sealed partial class ExhibitFacts
{
    private readonly Tongue tongue;
    private readonly List<HashSet<string>> makers;
    private readonly string[] makerNames;
    private readonly HashSet<string> date;
    private readonly HashSet<string> home;
    private readonly HashSet<string> found;
    private readonly HashSet<string> sizes;
    private readonly string[] names;
    private readonly HashSet<string> materials;

    public ExhibitFacts(Exhibit exhibit, Tongue tongue)
    {
        this.tongue = tongue;
        makers = [.. exhibit.Maker[tongue].Split([";", ",", "，", "；", " and ", "("], StringSplitOptions.RemoveEmptyEntries).Select(Telling)];
        makerNames = [.. Folding.Fold(exhibit.Maker[tongue]).Split('·', '、', '与', '和').Where(p => p.Length >= 2 && Han.Is(p[0]))];
        date = [.. Digits().Matches(exhibit.Date[tongue]).Select(m => m.Value).Where(d => d.Length >= 2)];
        home = Telling(exhibit.Home[tongue]);
        found = Telling(exhibit.Found[tongue]);
        sizes = [.. Digits().Matches(exhibit.Material[tongue]).Select(m => m.Value)];
        materials = [.. Materials(exhibit.Material[tongue])];
        names = [.. exhibit.Aliases[tongue].Prepend(exhibit.Title[tongue]).Select(n => Folding.Fold(Article().Replace(n, "")))];
    }

    public Traits In(string sentence, string folded, HashSet<string> terms)
    {
        var numbers = Digits().Matches(sentence).Select(m => m.Value).ToHashSet();
        var traits = Traits.None;
        traits |= names.Any(n => folded.Contains(n, StringComparison.Ordinal)) ? Traits.Title : 0;
        traits |= makers.Exists(m => Share(m, terms) >= 0.5) || makerNames.Any(n => folded.Contains(n, StringComparison.Ordinal)) ? Traits.TheMaker : 0;
        traits |= date.Overlaps(numbers) ? Traits.TheDate : 0;
        traits |= Share(home, terms) >= 0.5 ? Traits.TheHome : 0;
        traits |= Share(found, terms) >= (tongue == Tongue.Zh ? 0.4 : 0.34) ? Traits.TheFinding : 0;
        traits |= sizes.Overlaps(numbers) ? Traits.TheSize : 0;
        traits |= materials.Overlaps(Materials(sentence)) ? Traits.TheMaterial : 0;
        return traits;
    }

    private IEnumerable<string> Materials(string text) =>
        tongue == Tongue.Zh
            ? ChineseMaterial().Matches(text).Select(m => m.Value)
            : EnglishWords.Of(text).Where(w => EnglishTraits.IsMaterial(w)).Select(EnglishStemmer.Stem);

    private HashSet<string> Telling(string text) =>
        tongue == Tongue.Zh
            ? [.. ChineseText.Terms(text).Where(t => t.Length == 2)]
            : [.. EnglishWords.Of(text).Where(w => w.Length > 2 && !EnglishWords.IsStop(w) && w is not ("van" or "von" or "della")).Select(EnglishStemmer.Stem)];

    private static double Share(HashSet<string> wanted, HashSet<string> terms) =>
        wanted.Count == 0 ? 0 : wanted.Count(terms.Contains) / (double)wanted.Count;

    [GeneratedRegex(@"\d+(?:[.,]\d+)*")]
    private static partial Regex Digits();

    [GeneratedRegex("^(?:The|A|An) ")]
    private static partial Regex Article();

    [GeneratedRegex("砖|釉|黏土|粘土|泥|油|布|木|杨|橡|铜|金|银|铁|锡|大理石|石灰岩|砂岩|玄武岩|闪长岩|雪花石|石膏|玉|翡翠|陶|瓷|玻璃|绢|丝|纸|皮|麻|毛|牙|贝|青金石|珐琅|钻|蛋彩|墨|铝|骨|漆")]
    private static partial Regex ChineseMaterial();
}

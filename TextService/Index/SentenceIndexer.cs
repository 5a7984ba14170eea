using System.Collections.Concurrent;
using Museum.TextService.Content;
using Museum.TextService.Language;
using Museum.TextService.Sentences;

namespace Museum.TextService.Index;

/// <summary>Cuts an exhibit's text into sentences and works out what each could answer.</summary>
internal static class SentenceIndexer
{
    /// <param name="exhibit">Whose text it is.</param>
    /// <param name="ordinal">Its number in the index.</param>
    /// <param name="tongue">Of its two texts.</param>
    /// <param name="shared">Equal terms of all exhibits as one string: there are millions of them in a large museum.</param>
    public static List<IndexedSentence> Of(Exhibit exhibit, int ordinal, Tongue tongue, ConcurrentDictionary<string, string> shared)
    {
        var facts = new ExhibitFacts(exhibit, tongue);
        var sentences = new List<IndexedSentence>();
        var sections = exhibit.Body[tongue];
        for (var section = 0; section < sections.Count; section++)
        {
            foreach (var text in sections[section].Paragraphs.SelectMany(p => SentenceCutter.Cut(p, CutRules.Prose)))
            {
                var folded = Folding.Fold(text);
                HashSet<string> terms = [.. (tongue == Tongue.Zh ? ChineseTermsOf(text, exhibit) : TermsOf(text, tongue)).Select(t => shared.GetOrAdd(t, t))];
                sentences.Add(new IndexedSentence
                {
                    Exhibit = ordinal,
                    Tongue = tongue,
                    Section = section,
                    Position = sentences.Count,
                    Text = text,
                    Folded = folded,
                    Terms = terms,
                    Traits = (tongue == Tongue.Zh ? ChineseTraits.Of(text) : EnglishTraits.Of(text)) | facts.In(text, folded, terms),
                });
            }
        }

        return sentences;
    }

    // A sentence that calls it 断臂维纳斯 does not for that speak of arms; one that calls it 希望钻石 does speak of a gem: names end in what a thing is.
    private const int Head = 2;

    private static HashSet<string> ChineseTermsOf(string text, Exhibit exhibit)
    {
        var terms = TermsOf(text, Tongue.Zh);
        var nameless = exhibit.Aliases.Zh.Prepend(exhibit.Title.Zh).Where(n => n.Length > Head).Aggregate(text, (rest, name) => rest.Replace(name, " " + name[^Head..], StringComparison.Ordinal));
        if (nameless != text)
        {
            terms.RemoveWhere(t => t[0] == '#');
            terms.UnionWith(TermsOf(nameless, Tongue.Zh).Where(t => t[0] == '#'));
        }

        return terms;
    }

    /// <summary>All that is said of an exhibit, its names and data included, as one.</summary>
    public static IndexedSentence Whole(Exhibit exhibit, int ordinal, Tongue tongue, IReadOnlyList<IndexedSentence> sentences)
    {
        string[] data = [exhibit.Title[tongue], exhibit.Maker[tongue], exhibit.Date[tongue], exhibit.Material[tongue], exhibit.Found[tongue], exhibit.Home[tongue], .. exhibit.Aliases[tongue], .. exhibit.Tags[tongue]];
        return new IndexedSentence
        {
            Exhibit = ordinal,
            Tongue = tongue,
            Section = 0,
            Position = 0,
            Text = "",
            Folded = string.Concat(sentences.Select(s => s.Folded)),
            Terms = [.. sentences.SelectMany(s => s.Terms), .. data.SelectMany(d => TermsOf(d, tongue))],
            Traits = sentences.Aggregate(Traits.None, (all, s) => all | s.Traits),
        };
    }

    /// <summary>The terms of a text with their concepts.</summary>
    public static HashSet<string> TermsOf(string text, Tongue tongue)
    {
        if (tongue == Tongue.Zh)
        {
            HashSet<string> chinese = [.. ChineseText.Terms(text)];
            chinese.UnionWith(ChineseConcepts.All.Where(c => text.Contains(c.Phrase, StringComparison.Ordinal)).Select(c => c.Concept));
            chinese.UnionWith(ChineseConcepts.Kinds.Where(k => k.Members.Any(m => text.Contains(m, StringComparison.Ordinal))).Select(k => k.Concept));
            return chinese;
        }

        HashSet<string> terms = [];
        foreach (var stem in EnglishWords.Of(text).Select(EnglishStemmer.Stem))
        {
            terms.Add(stem);
            terms.UnionWith(EnglishConcepts.Of(stem));
            terms.UnionWith(EnglishConcepts.KindsOf(stem));
        }

        return terms;
    }
}

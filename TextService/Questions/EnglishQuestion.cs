using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Understands an English question whose words are known.</summary>
internal static class EnglishQuestion
{
    /// <param name="text">The visitor's words.</param>
    /// <param name="words">Repaired; those that are only told come first.</param>
    /// <param name="toldWords">How many of them are only told.</param>
    /// <param name="mentions">The names among the words.</param>
    /// <param name="topics">The exhibits spoken of before, nearest first.</param>
    /// <param name="index">The content.</param>
    public static Question Of(string text, List<string> words, int toldWords, IReadOnlyList<Mention> mentions, IReadOnlyList<int> topics, ContentIndex index)
    {
        var named = Parser.Covered(words.Count, mentions, chinese: false);
        var asked = words.Skip(toldWords).ToList();
        var (kind, frame) = EnglishKinds.Of(string.Join(' ', asked.Select((w, i) => named[toldWords + i] ? "exhibit" : w)), asked);
        var ownWords = OwnWords(mentions, index);
        var lexicon = index.Lexicon(Tongue.En);
        var (focus, context) = (new List<EnglishFocus>(), new List<EnglishFocus>());
        var cues = new HashSet<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var stem = EnglishStemmer.Stem(words[i]);
            if (i >= toldWords && frame.Contains(words[i]))
            {
                cues.Add(stem);
                cues.UnionWith(EnglishConcepts.Of(stem));
            }
            else if (!named[i] && !ownWords.Contains(stem) && (!EnglishWords.IsStop(words[i]) || IsCounted(words, i)) && !focus.Concat(context).Any(f => f.Stem == stem))
            {
                (i < toldWords ? context : focus).Add(EnglishFocusBuilder.Build(words[i], lexicon));
            }
        }

        // "It was stolen once. Is that right?" asks what was told.
        var pointsBack = asked.Exists(w => w is "it" or "its" or "he" or "she" or "his" or "her" or "him" or "they" or "them" or "their" or "this" or "that" or "these" or "those" or "one");
        if (focus.Count == 0 && (kind is QuestionKind.What or QuestionKind.YesNo or QuestionKind.Overview || (asked.Contains("that") && !KindFit.IsOfTheExhibit(kind))))
        {
            (focus, context) = (context, []);
        }

        var titled = mentions.Where(m => m.Strength > MentionStrength.Part || (m.Strength == MentionStrength.Part && (m.Length > 1 || index.EnglishNames.IsProperWord(words[m.Start])))).SelectMany(m => m.Exhibits).ToHashSet();
        if (mentions.Count > 0 && mentions.All(m => m is { Strength: MentionStrength.Maker, Exhibits.Count: 1 }))
        {
            // Who names a maker of one work means that work.
            titled = [.. mentions.SelectMany(m => m.Exhibits)];
        }

        var foreign = mentions.Where(m => m.Strength == MentionStrength.Maker && titled.Count > 0 && !m.Exhibits.Any(titled.Contains)).SelectMany(m => words.Skip(m.Start).Take(m.Length)).ToHashSet();
        return new Question
        {
            Text = text,
            Understood = string.Join(' ', words),
            Tongue = Tongue.En,
            Answer = Tongue.En,
            Kind = Parser.KindFor(kind, mentions, focus.Count + context.Count),
            Mentions = mentions,
            Focus = focus,
            Setting = context,
            Wanted = EnglishWanted.Of(text, mentions.Where(m => m.Strength == MentionStrength.Maker && !m.Chinese).SelectMany(m => words.Skip(m.Start).Take(m.Length)).ToHashSet(), asked, i => named[toldWords + i], kind, focus),
            Cues = cues,
            Claims = titled.Count > 0 ? EnglishClaims.Of(words, [.. focus, .. context], foreign, Proper(text), index.Sentences(ClaimedOf(mentions), Tongue.En)) : [],
            Compared = EnglishComparison.Of(string.Join(' ', words)),
            ForeignTitle = Parser.HasForeignTitle(text, mentions, index),
            PointsHere = asked.Exists(w => w is "this" or "these" or "here"),
            PointsBack = pointsBack,
            Topics = topics,
        };
    }

    // Of the exhibit that is named first, else of a maker's only one.
    private static int ClaimedOf(IReadOnlyList<Mention> mentions) =>
        (mentions.FirstOrDefault(m => m.Strength > MentionStrength.Maker) ?? mentions[0]).Exhibits[0];

    // "How many people": what is counted is the matter, however light a word it is.
    private static bool IsCounted(List<string> words, int i) => i > 1 && words[i - 1] == "many" && words[i - 2] == "how";

    // "The volcano behind the Great Wave of Kanagawa": the rest of the name says nothing new.
    private static HashSet<string> OwnWords(IReadOnlyList<Mention> mentions, ContentIndex index) =>
        [.. mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits)
            .SelectMany(e => EnglishWords.Of(index.Exhibits[e].Title.En)).Select(EnglishStemmer.Stem)];

    // Words that stand with a capital elsewhere than at a beginning.
    public static HashSet<string> Proper(string text) =>
        [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(w => char.IsUpper(w[0]) && w.Length > 2).SelectMany(EnglishWords.Of)];
}

using System.Text.RegularExpressions;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Sentences;

namespace Museum.TextService.Questions;

/// <summary>Understands a visitor's words: the language, the exhibits named, the kind of answer wanted and what it is about.</summary>
internal static partial class Parser
{
    // Who tells a long story asks at its end; more than this much of it would cost time and understand no better.
    private const int Read = 600;

    /// <param name="text">The visitor's words.</param>
    /// <param name="answer">The language to answer in; null: that of the text.</param>
    /// <param name="history">The conversation so far, oldest first.</param>
    /// <param name="index">The content that the question is understood against.</param>
    public static Question Parse(string text, Tongue? answer, IReadOnlyList<PastMessage> history, ContentIndex index)
    {
        var (read, told) = Apart(Interjections.Strip(EndOf(text)));
        var tongue = Tongues.Detect(read);
        var (mentions, words, plain) = NamesIn(read, index);
        var question = tongue == Tongue.Zh ? ChineseQuestion.Read(read, plain, mentions, index) : English(read, words, mentions, index);
        // Who names a thing means that thing, whatever was spoken of before.
        List<List<int>> named = mentions.Exists(m => m.Strength > MentionStrength.Maker) ? [] : NamedIn([.. history, new PastMessage(true, told)], index);
        List<int> topics = [.. named.SelectMany(m => m).Distinct()];
        return question with
        {
            Text = text,
            Answer = answer ?? tongue,
            Topics = tongue == Tongue.Zh ? ChineseReference.Order(read, topics, [.. named.SelectMany(m => Enumerable.Reverse(m)).Distinct().Reverse()], index) : topics,
            AskedBefore = [.. history.Where(m => m.FromVisitor).Select(m => m.Text)],
        };
    }

    // "I am standing before the Mona Lisa. Who painted it?": what is told beside a question is its context, not its matter.
    private static (string Asked, string Told) Apart(string text)
    {
        var sentences = SentenceCutter.Cut(text, CutRules.Prose);
        var asked = sentences.FindAll(s => s.TrimEnd('"', '”', ')', '）').EndsWith('?') || s.EndsWith('？'));
        return asked.Count == 0 || asked.Count == sentences.Count
            ? (text, "")
            : (string.Join(' ', asked), string.Join(' ', sentences.Except(asked)));
    }

    private static string EndOf(string text) => text.Length > Read ? text[^Read..] : text;

    private static (List<Mention> Mentions, List<string> Words, string Plain) NamesIn(string text, ContentIndex index)
    {
        var words = EnglishWords.Of(text);
        var plain = ChineseNames.Plain(text);
        var quoted = Quoted().Matches(text).Select(m => ChineseNames.Plain(m.Groups[1].Value)).ToHashSet();
        List<Mention> mentions = [.. index.EnglishNames.Find(words, index.Owns), .. index.ChineseNames.Find(plain, quoted)];
        var surest = mentions.Count == 0 ? MentionStrength.Name : mentions.Max(m => m.Strength);
        // Beside a title, a part of another name is only a word.
        return ([.. mentions.Where(m => m.Strength == surest || m.Strength is MentionStrength.Maker or MentionStrength.Misspelt).OrderByDescending(m => m.Strength)], words, plain);
    }

    private static Question English(string text, List<string> words, IReadOnlyList<Mention> mentions, ContentIndex index)
    {
        var named = Covered(words.Count, mentions, chinese: false);
        var (kind, frame) = EnglishKinds.Of(string.Join(' ', words.Select((w, i) => named[i] ? "exhibit" : w)), words);
        var ownWords = OwnWords(mentions, index);
        var lexicon = index.Lexicon(Tongue.En);
        var focus = new List<FocusTerm>();
        var cues = new HashSet<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var stem = EnglishStemmer.Stem(words[i]);
            if (frame.Contains(words[i]))
            {
                cues.Add(stem);
                cues.UnionWith(EnglishConcepts.Of(stem));
            }
            else if (!named[i] && !ownWords.Contains(stem) && (!EnglishWords.IsStop(words[i]) || IsCounted(words, i)) && !focus.OfType<EnglishFocus>().Any(f => f.Stem == stem))
            {
                focus.Add(EnglishFocusBuilder.Build(words[i], lexicon));
            }
        }

        return new Question
        {
            Text = text,
            Tongue = Tongue.En,
            Answer = Tongue.En,
            Kind = KindFor(kind, mentions, focus.Count),
            Mentions = mentions,
            Focus = focus,
            Cues = cues,
            ForeignTitle = HasForeignTitle(text, mentions, index),
            PointsHere = words.Exists(w => w is "this" or "these" or "here"),
            PointsBack = words.Exists(w => w is "it" or "its" or "he" or "she" or "his" or "her" or "him" or "they" or "them" or "their" or "this" or "that" or "these" or "those" or "one"),
        };
    }

    // "How many people": what is counted is the matter, however light a word it is.
    private static bool IsCounted(List<string> words, int i) => i > 1 && words[i - 1] == "many" && words[i - 2] == "how";

    // "The volcano behind the Great Wave of Kanagawa": the rest of the name says nothing new.
    private static HashSet<string> OwnWords(IReadOnlyList<Mention> mentions, ContentIndex index) =>
        [.. mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits)
            .SelectMany(e => EnglishWords.Of(index.Exhibits[e].Title.En)).Select(EnglishStemmer.Stem)];

    // A name alone, or "what is the …?", asks for an introduction.
    public static QuestionKind KindFor(QuestionKind kind, IReadOnlyList<Mention> mentions, int focus) =>
        focus == 0 && mentions.Any(m => m.Strength > MentionStrength.Maker) && kind is QuestionKind.What ? QuestionKind.Overview
        : kind == QuestionKind.Overview && focus > 0 ? QuestionKind.What
        : kind;

    public static bool[] Covered(int length, IReadOnlyList<Mention> mentions, bool chinese)
    {
        var covered = new bool[length];
        var exhibits = mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).ToHashSet();
        foreach (var mention in mentions.Where(m => m.Chinese == chinese))
        {
            // The maker of another exhibit than the one named is part of the matter: "Did Picasso paint The Starry Night?"
            var foreign = mention.Strength == MentionStrength.Maker && exhibits.Count > 0 && !mention.Exhibits.Any(exhibits.Contains);
            for (var i = mention.Start; !foreign && i < Math.Min(length, mention.Start + mention.Length); i++)
            {
                covered[i] = true;
            }
        }

        return covered;
    }

    public static bool HasForeignTitle(string text, IReadOnlyList<Mention> mentions, ContentIndex index) =>
        !mentions.Any(m => m.Strength > MentionStrength.Maker)
        && TitleMarks().Matches(text).Any(m => !index.Says(Folding.Fold(m.Value), Tongue.Zh));

    /// <summary>The exhibits that each message named, in its order; the newest message first.</summary>
    private static List<List<int>> NamedIn(IReadOnlyList<PastMessage> history, ContentIndex index) =>
        // Far back in a long conversation nothing is meant by "it" any more.
        [.. history.Reverse().Take(6).Where(m => m.Text.Length > 0).Select(m => m.About is { } about ? [.. about] : NamesIn(EndOf(m.Text), index).Mentions
            .Where(n => n.Strength >= MentionStrength.Part || n.Exhibits.Count == 1)
            .OrderBy(n => n.Strength == MentionStrength.Maker).ThenBy(n => n.Start).SelectMany(n => n.Exhibits).Distinct().ToList())];

    [GeneratedRegex("[《“\"「]([^》”\"」]{1,40})[》”\"」]")]
    private static partial Regex Quoted();

    [GeneratedRegex("《[^》]{1,40}》")]
    private static partial Regex TitleMarks();
}

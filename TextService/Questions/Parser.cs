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

    // Words that say something.
    private const int LongDescription = 6;

    /// <param name="text">The visitor's words.</param>
    /// <param name="answer">The language to answer in; null: that of the text.</param>
    /// <param name="history">The conversation so far, oldest first.</param>
    /// <param name="index">The content that the question is understood against.</param>
    public static Question Parse(string text, Tongue? answer, IReadOnlyList<PastMessage> history, ContentIndex index)
    {
        var read = Interjections.Strip(EndOf(text));
        var tongue = TongueOf(read, index);
        read = tongue == Tongue.En ? EnglishRepair.Frame(index.EnglishNames.WithoutPauses(read), index) : read;
        var question = (tongue == Tongue.Zh ? Chinese(read, history, index) : English(read, history, index)) with
        {
            IsInstruction = Instructions.Are(text),
            Text = text,
            Answer = answer ?? tongue,
            AskedBefore = [.. history.Where(m => m.FromVisitor).Select(m => m.Text)],
        };
        if (text.Length > Read)
        {
            // What is too long to be understood is searched for all the same.
            question = question with { Understood = $"{text[..^Read]} {question.Understood}" };
        }

        var parts = tongue == Tongue.En ? EnglishClauses.Questions(read) : [];
        return parts.Count < 2 ? question : question with { Parts = [.. parts.Select((part, i) => Parse(part, answer ?? tongue, [.. history, .. parts.Take(i).Select(p => new PastMessage(true, p))], index))] };
    }

    // "When was 神奈川冲浪里 made?": a name in the other language does not make a question one of that language.
    private static Tongue TongueOf(string text, ContentIndex index)
    {
        var tongue = Tongues.Detect(text);
        if (tongue == Tongue.En || !EnglishWords.Of(text).Exists(EnglishWords.IsStop))
        {
            return tongue;
        }

        var plain = ChineseNames.Plain(text);
        var named = Covered(plain.Length, NamesIn(text, index, repair: false).Mentions, chinese: true);
        return plain.Where((c, i) => Han.Is(c) && !named[i]).Any() ? tongue : Tongue.En;
    }

    // "我站在《蒙娜丽莎》前面。它是谁画的？": what is told beside a question is its context, not its matter.
    private static (string Asked, string Told) Apart(string text)
    {
        var sentences = SentenceCutter.Cut(text, CutRules.Prose);
        var asked = sentences.FindAll(s => s.TrimEnd('"', '”', ')', '）').EndsWith('?') || s.EndsWith('？'));
        return asked.Count == 0 || asked.Count == sentences.Count
            ? (text, "")
            : (string.Join(' ', asked), string.Join(' ', sentences.Except(asked)));
    }

    private static string EndOf(string text) => text.Length > Read ? text[^Read..] : text;

    private static (List<Mention> Mentions, List<string> Words, string Plain) NamesIn(string text, ContentIndex index, bool repair)
    {
        var words = repair ? EnglishRepair.Repair(text, index) : EnglishWords.Of(text);
        var (mentions, plain) = NamesIn(words, text, index);
        return (mentions, words, plain);
    }

    private static (List<Mention> Mentions, string Plain) NamesIn(List<string> words, string text, ContentIndex index)
    {
        var plain = ChineseNames.Plain(text);
        var compared = EnglishComparison.Of(string.Join(' ', words)) is not null;
        var quoted = Quoted().Matches(text).Select(m => ChineseNames.Plain(m.Groups[1].Value)).ToHashSet();
        List<Mention> mentions = [.. index.EnglishNames.Find(words, index.Owns, compared), .. index.ChineseNames.Find(plain, quoted)];
        var surest = mentions.Count == 0 ? MentionStrength.Name : mentions.Max(m => m.Strength);
        // Beside a title, a part of another name is only a word.
        return ([.. mentions.Where(m => m.Strength == surest || m.Strength == MentionStrength.Maker || (m.Chinese && m.Strength == MentionStrength.Misspelt) || (compared && !m.Chinese && (m.Length > 1 || index.EnglishNames.IsProperWord(words[m.Start])))).OrderByDescending(m => m.Strength)], plain);
    }

    private static Question English(string text, IReadOnlyList<PastMessage> history, ContentIndex index)
    {
        var (asked, told) = EnglishClauses.Apart(text);
        var context = told.Length > 0 ? EnglishPhrases.Plain(EnglishRepair.Repair(told, index)) : [];
        var question = EnglishPhrases.Plain(EnglishRepair.Repair(asked, index));
        List<string> words = [.. context, .. question];
        var mentions = Meant(Telling(NamesIn(words, text, index).Mentions, words), context.Count);
        // Who names a thing means that thing, whatever was spoken of before.
        var named = mentions.Exists(m => m.Strength > MentionStrength.Maker) ? [] : NamedIn(history, index);
        var pointed = EnglishReference.Resolve(question, context, Topics(mentions, named), () => InOrder(named), index);
        if (pointed.Others.Count > 0)
        {
            return EnglishQuestion.Of(text, [], 0, [new Mention(pointed.Others, MentionStrength.Name, 0, 0, false)], [], index);
        }

        return EnglishQuestion.Of(text, [.. context, .. pointed.Words], context.Count, mentions, pointed.Topics, index);
    }

    // In a long description an everyday word is no name, though one exhibit's name has it: "a wave about to swallow three boats".
    private static List<Mention> Telling(List<Mention> mentions, List<string> words) =>
        words.Count(w => !EnglishWords.IsStop(w)) < LongDescription
            ? mentions
            : mentions.FindAll(m => m.Chinese || m.Strength != MentionStrength.Part || m.Length > 1 || !EnglishEveryday.Has(words[m.Start]));

    // Who names a thing in the question means it, whatever else was told.
    private static List<Mention> Meant(List<Mention> mentions, int toldWords) =>
        mentions.Exists(m => m.Start >= toldWords && m.Strength > MentionStrength.Maker && !m.Chinese) ? mentions.FindAll(m => m.Start >= toldWords || m.Chinese) : mentions;

    private static Question Chinese(string whole, IReadOnlyList<PastMessage> history, ContentIndex index)
    {
        var (text, told) = Apart(whole);
        var (mentions, _, plain) = NamesIn(text, index, repair: false);
        var named = mentions.Exists(m => m.Strength > MentionStrength.Maker) ? [] : NamedIn([.. history, new PastMessage(true, told)], index);
        return ChineseQuestion.Read(text, plain, mentions, index) with { Topics = ChineseReference.Order(text, [.. Topics(mentions, named)], InOrder(named), index) };
    }

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

    private static IReadOnlyList<int> Topics(IReadOnlyList<Mention> mentions, List<List<int>> named) =>
        mentions.Any(m => m.Strength > MentionStrength.Maker) ? [] : [.. named.SelectMany(m => m).Distinct()];

    // Oldest first.
    private static List<int> InOrder(List<List<int>> named) => [.. named.SelectMany(m => Enumerable.Reverse(m)).Distinct().Reverse()];

    /// <summary>The exhibits that each message named, in its order; the newest message first.</summary>
    private static List<List<int>> NamedIn(IReadOnlyList<PastMessage> history, ContentIndex index) =>
        // Far back in a long conversation nothing is meant by "it" any more.
        [.. history.Reverse().Take(6).Where(m => m.Text.Length > 0).Select(m => m.About is { } about ? [.. about] : NamesIn(EndOf(m.Text), index, m.FromVisitor).Mentions
            .Where(n => n.Strength >= MentionStrength.Part || n.Exhibits.Count == 1)
            .OrderBy(n => n.Strength == MentionStrength.Maker).ThenBy(n => n.Start).SelectMany(n => n.Exhibits).Distinct().ToList())];

    [GeneratedRegex("[《“\"「]([^》”\"」]{1,40})[》”\"」]")]
    private static partial Regex Quoted();

    [GeneratedRegex("《[^》]{1,40}》")]
    private static partial Regex TitleMarks();
}

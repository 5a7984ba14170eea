using System.Text.RegularExpressions;
using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Understands a question in Chinese, once the names in it are known.</summary>
internal static partial class ChineseQuestion
{
    // Before a thing it only counts it; a run that begins with one says nothing by it.
    private const string Classifiers = "个件条位幅只枚根片颗具座名种块把张页卷册行部台架尊层级组套艘本头匹首段处句场支棵辆家间扇粒滴朵";

    // As much as one rare character tells.
    private const double Light = 1.4;

    /// <param name="text">As it was read.</param>
    /// <param name="plain">Without marks: <see cref="ChineseNames.Plain"/>.</param>
    /// <param name="mentions">The exhibits named in it.</param>
    /// <param name="index">The content.</param>
    public static Question Read(string text, string plain, IReadOnlyList<Mention> mentions, ContentIndex index)
    {
        var words = ChineseReference.Without(ChineseWording.Everyday(WithoutNames(plain, mentions)));
        var claims = ChineseClaims.Of(words, mentions, index);
        words = claims.Where(c => !c.IsBorneOut).Aggregate(words, (text, c) => text.Replace(c.Words, " ", StringComparison.Ordinal));
        var compares = mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).Distinct().Count() > 1;
        var (asked, told) = Apart(words);
        if (compares)
        {
            asked = ChineseComparison.Plain(asked);
        }

        var (kind, matter, frame) = ChineseKinds.Of(asked, asked);
        var lexicon = index.Lexicon(Tongue.Zh);
        var ownNames = string.Join(' ', mentions.Where(m => m.Strength > MentionStrength.Maker).SelectMany(m => m.Exhibits).Select(e => ChineseNames.Plain(index.Exhibits[e].Title.Zh)));
        List<ChineseFocus> FocusOf(string words) => [.. ChineseFrame.Runs(words)
            .Where(r => r.Length < 2 || !ownNames.Contains(r, StringComparison.Ordinal))
            .Select(r => r.Length > 2 && Classifiers.Contains(r[0], StringComparison.Ordinal) && !lexicon.Knows(r[..2]) ? r[1..] : r)
            .Select(r => new ChineseFocus(r, lexicon))];
        var (focus, setting) = (FocusOf(matter), FocusOf(told));
        if (kind == QuestionKind.WhereNow && ((focus.Count + setting.Count > 0 && !Kept().IsMatch(asked)) || Then().IsMatch(asked)))
        {
            kind = QuestionKind.Where;
        }

        // "Somewhere one of them was blown up: in which city?": what is asked is asked of what was told.
        if (!KindFit.IsOfTheExhibit(kind) && focus.Sum(f => f.Weight) < Light * lexicon.Rarity("") && mentions.Count > 0)
        {
            (focus, setting) = ([.. focus, .. setting], []);
        }

        return new Question
        {
            Text = text,
            Understood = text,
            Tongue = Tongue.Zh,
            Answer = Tongue.Zh,
            Kind = Parser.KindFor(kind, mentions, focus.Count),
            Mentions = mentions,
            Focus = focus,
            Setting = setting,
            Wanted = Wanted(kind, asked, lexicon),
            Cues = SentenceIndexer.TermsOf(frame, Tongue.Zh),
            ForeignTitle = Parser.HasForeignTitle(text, mentions, index),
            Claims = claims,
            Compared = compares && (KindFit.IsStrict(kind) || KindFit.IsOfTheExhibit(kind)) ? kind : null,
            PointsBack = ChineseFrame.PointsBack(plain),
            PointsHere = words.Contains('这', StringComparison.Ordinal),
        };
    }

    private static FocusTerm? Wanted(QuestionKind kind, string asked, Lexicon lexicon) =>
        kind == QuestionKind.Count && Counted().Match(asked) is { Success: true } counted ? new CountedThing(counted.Groups[1].Value, lexicon)
        : kind is QuestionKind.What or QuestionKind.Overview && Deed().Match(asked) is { Success: true } deed ? new ChineseFocus(deed.Groups[1].Value, lexicon)
        : null;

    private static string WithoutNames(string plain, IReadOnlyList<Mention> mentions)
    {
        var named = Parser.Covered(plain.Length, mentions, chinese: true);
        // Latin words in a Chinese question are a name's, when there is one.
        var latin = mentions.Any(m => !m.Chinese);
        return string.Concat(plain.Select((c, i) => named[i] || (latin && char.IsAsciiLetter(c)) ? ' ' : c));
    }

    // "老师说飞船回来时很烫，它怎么没烧掉？": clauses that ask, and what is only told.
    private static (string Asked, string Told) Apart(string words)
    {
        var clauses = Mark().Split(words).Where(c => c.Trim().Length > 0).ToList();
        var asking = clauses.FindAll(c => Asks().IsMatch(c));
        return asking.Count == 0 ? (string.Join(' ', clauses), "") : (string.Join(' ', asking), string.Join(' ', clauses.Except(asking)));
    }

    // Where it is, and not where something happened.
    [GeneratedRegex("藏|展|陈列|保存|存放|存在|挂|放|摆|收|看|参观|馆|现在|如今|今天|目前")]
    private static partial Regex Kept();

    // The thing that is counted, when it is said: 几个老婆, 多少齿轮.
    [GeneratedRegex("(?:几[个位名只头匹把座根扇支名]|多少(?>[个位名只]?))([\\p{IsCJKUnifiedIdeographs}-[吗呢啊呀吧了的]]{2,4}?)(?:[？?，,\\s吗呢啊呀吧了]|$)")]
    private static partial Regex Counted();

    // What people do every day and few texts tell of: 早饭吃的什么.
    [GeneratedRegex("(吃|喝|穿|睡|听|唱|闻|养|抽|玩|喜欢|喜爱)(?:[的了着过是些]|上)*什么")]
    private static partial Regex Deed();

    // Where it was, some time or other: 打仗的时候它藏在哪儿？
    [GeneratedRegex("的时候|期间|(?<!现)当时|那时|曾经?|以前|(?<!目)之前|原先|最初")]
    private static partial Regex Then();

    [GeneratedRegex("[，。？！；：,?!;:…\n]+")]
    private static partial Regex Mark();

    [GeneratedRegex("谁|什么|哪|几(?!乎)|多少|多(?:大|高|长|重|宽|厚|深|远|老|久|沉|贵)|怎|为何|如何|何时|何处|何人|吗|是不是|有没有|能不能|是否|呢$|吧$|对不对|还是|讲讲|介绍|说说")]
    private static partial Regex Asks();
}

namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>
/// Chinese, by how the text ends: no word boundaries are needed. Recognisers write 这幅画是谁画的 or 这幅画是谁画的？; both are read.
/// </summary>
internal static class ChineseSense
{
    private const string Pauses = "，、；：—…,;:-";
    private const string Ends = "。？！?!.";

    private static readonly string[] Fillers = ["嗯", "呃", "额", "唔", "那个", "这个", "就是", "就是说", "怎么说呢", "怎么说", "让我想想", "我想想", "让我想一下", "什么来着", "那个什么"];

    private static readonly string[] BeforePointing = ["看看", "看", "讲", "讲讲", "介绍", "一下", "说说", "是", "关于", "喜欢", "要", "换"];

    /// <summary>Conjunctions, prepositions, measures, adverbs and verbs that want more.</summary>
    private static readonly string[] Hanging =
    [
        "还有", "和", "与", "跟", "或", "或者", "还是", "以及", "而且", "并且", "但是", "可是", "不过", "因为", "所以", "如果", "要是", "比如", "比如说", "例如", "然后", "另外", "虽然", "只是", "就像",
        "在", "从", "对", "给", "把", "被", "让", "由", "向", "往", "为", "关于", "对于", "用", "按", "比", "像",
        "是", "有", "叫", "想", "要", "会", "能", "可以", "应该", "想要", "想看", "想听", "想问", "想知道", "请", "请问", "我想请问", "告诉我", "给我", "跟我", "帮我", "请给我", "带我", "能不能", "可不可以", "有没有", "是不是", "你知道", "知道",
        "我觉得", "觉得", "认为", "听说", "我听说", "介绍", "介绍一下", "讲", "讲讲", "讲一下", "解释", "解释一下", "说说", "看", "看看", "关于这", "关于那", "着", "来自", "请你", "找",
        "这", "那", "这幅", "那幅", "这件", "那件", "这张", "那张", "这位", "那位", "这座", "这些", "那些", "一个", "一幅", "一件", "一位", "每", "每个", "第", "几个", "很", "非常", "比较", "最", "更", "特别", "都", "也", "就", "还", "又", "再", "到底", "究竟",
        "为什么", "怎么", "哪", "哪个", "哪些", "哪幅", "哪件", "哪位", "什么时候", "多少", "什么样的", "怎么样的", "当时", "其中", "他", "她", "它", "他们", "我们",
    ];

    // A subject, of which nothing has been said yet.
    private static readonly string[] Topics = ["这幅画", "那幅画", "这件作品", "这幅作品", "这个作品", "画家", "这位画家", "作者", "作品", "你好我想", "博物馆"];

    // 有多少 and 是哪个 ask all that they want to know.
    private static readonly string[] WholeEndings = ["有多少", "是哪个", "是哪些", "是哪位", "是哪幅", "是哪件", "是多少", "是为什么", "为了什么", "给我看看", "看一看", "要不要", "好看", "雕像", "画像", "佛像", "塑像", "头像", "石像", "铜像", "什么用", "作用", "理由", "现在", "重要", "主要", "需要", "功能", "可能", "社会", "教会", "机会", "方向"];

    private static readonly string[] Questions =
        ["谁", "什么", "哪", "几", "多少", "怎么", "为什么", "何时", "为何", "多久", "多大", "多高", "多长", "多远", "多重", "是不是", "有没有", "能不能", "可不可以", "可以", "如何"];

    private static readonly string[] Whole = ["谢谢", "谢谢你", "好的谢谢", "再见", "拜拜", "停", "停下", "下一个", "下一幅", "继续", "不用了", "不用", "没有了", "没了", "够了", "等一下", "再说一遍", "请再说一遍", "是的", "好的", "对", "不对", "不是", "没有", "不要", "为什么", "为什么呢", "这是什么", "这是谁"];

    private static readonly string[] Emphases = ["是谁", "是怎么", "是什么时候", "是用什么", "是从哪", "是为谁", "是由谁", "是被谁"];

    private static readonly string[] Requests = ["介绍", "讲", "告诉我", "带我", "解释", "说说", "给我", "比较", "描述"];

    /// <param name="text">Not empty.</param>
    public static Sense Of(string text)
    {
        var said = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var mark = said.Length == 0 ? ' ' : said[^1];
        var words = said.TrimEnd([.. Pauses, .. Ends]);
        var plain = string.Concat(words.Where(c => !Pauses.Contains(c, StringComparison.Ordinal)));
        if (plain.Length == 0)
        {
            return Sense.Unknown;
        }

        if (Whole.Contains(plain))
        {
            return Sense.Complete;
        }

        if (EndsInFiller(plain))
        {
            return Sense.Hesitating;
        }

        return Pauses.Contains(mark, StringComparison.Ordinal) || IsHanging(plain) || IsList(plain) ? Sense.Unfinished
            : mark is '？' or '?' or '！' or '!' || IsQuestion(plain) || IsRequest(plain) ? Sense.Complete
            : Sense.Unknown;
    }

    private static bool EndsInFiller(string plain) => Ending(plain, Fillers) is { } filler && !IsPointedAt(plain, filler);

    private static bool IsHanging(string plain) => Ending(plain, WholeEndings) is null
        && (Topics.Contains(plain) || WantsDe(plain) || (Ending(plain, Hanging) is { } ending && !IsPointedAt(plain, ending)) || (plain[^1] == '的' && !IsAboutMaking(plain)));

    /// <summary>介绍一下这个: what is meant, neither a filler nor a subject without its verb.</summary>
    private static bool IsPointedAt(string plain, string ending) =>
        ending is "这个" or "那个" or "这些" or "那些" or "他" or "她" or "它" or "他们" or "我们" && Ending(plain[..^ending.Length], BeforePointing) is not null;

    /// <summary>是谁画 wants its 的, but 这是谁 does not.</summary>
    private static bool WantsDe(string plain) => plain[^1] is not ('的' or '吗' or '呢' or '了')
        && Array.Exists(Emphases, e => plain.IndexOf(e, StringComparison.Ordinal) is >= 0 and var at && (plain.Length > at + e.Length || e[^1] != '谁') && !plain[at..].Contains('的', StringComparison.Ordinal));

    /// <summary>是谁画的, 是什么时候做的: the 的 of "it was … that", not of an attribute.</summary>
    private static bool IsAboutMaking(string plain) =>
        Asks(plain) || plain.Contains('是', StringComparison.Ordinal) || plain is ['好' or '对' or '是', '的'];

    /// <summary>第一个第二个, 红色蓝色: the same form again.</summary>
    private static bool IsList(string plain) =>
        (plain.Length >= 4 && plain[^2] == '第' && plain[^4] == '第') || (plain.Length >= 6 && plain[^3] == '第' && plain[^6] == '第' && plain[^1] == plain[^4]);

    /// <summary>谁画的, 这是什么, 有名吗: it asks, and there is something that it asks about.</summary>
    private static bool IsQuestion(string plain) => plain.Length >= 3 && !IsOpenWho(plain) && (plain[^1] is '吗' or '呢' or '吧' or '么' || Asks(plain));

    /// <summary>星夜是谁: as likely the beginning of 星夜是谁画的.</summary>
    private static bool IsOpenWho(string plain) => plain.Length > 3 && plain.EndsWith("是谁", StringComparison.Ordinal) && plain[^3] is not ('人' or '她' or '他' or '位' or '的');

    private static bool Asks(string plain) => Questions.Any(q => plain.Contains(q, StringComparison.Ordinal));

    private static bool IsRequest(string plain) => plain.Length >= 5 && Requests.Any(r => plain.Contains(r, StringComparison.Ordinal));

    private static string? Ending(string plain, string[] endings) => Array.Find(endings, e => plain.EndsWith(e, StringComparison.Ordinal));
}

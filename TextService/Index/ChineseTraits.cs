using System.Text.RegularExpressions;

namespace Museum.TextService.Index;

/// <summary>Reads the traits of a Chinese sentence from its form.</summary>
internal static partial class ChineseTraits
{
    private static readonly (Traits Trait, Regex Pattern)[] Patterns =
    [
        (Traits.Year, Year()), (Traits.Measure, Measure()), (Traits.Weight, Weight()), (Traits.Number, Number()), (Traits.Money, Money()), (Traits.Age, Age()),
        (Traits.Person, Person()), (Traits.Place, Place()), (Traits.Reason, Reason()), (Traits.WeakReason, WeakReason()), (Traits.Meaning, Meaning()),
        (Traits.Material, Material()), (Traits.Made, Made()), (Traits.Found, Found()), (Traits.Kept, Kept()), (Traits.Definition, Definition()),
        (Traits.Method, Method()), (Traits.Duration, Duration()), (Traits.StrongMeaning, StrongMeaning()), (Traits.StrongMethod, StrongMethod()), (Traits.PointsBack, PointsBack()), (Traits.Several, Several()), (Traits.Origin, Origin()),
    ];

    public static Traits Of(string sentence) => Patterns.Aggregate(Traits.None, (all, p) => p.Pattern.IsMatch(sentence) ? all | p.Trait : all);

    public static bool EndsInNumber(string text) => NumberAtEnd().IsMatch(text);

    private const string Numeral = @"[\d一二两三四五六七八九十百千万亿半几数]";

    [GeneratedRegex(@"\d{1,4}年|公元|世纪|年代|\d+万年|年前|[一二三四五六七八九十百千万]+年|时期|时代|王朝")]
    private static partial Regex Year();

    [GeneratedRegex(Numeral + @"(?:\.\d+)?多?(?:个)?(?:厘|毫|分|千|公)?(?:米|尺|里)")]
    private static partial Regex Measure();

    [GeneratedRegex(Numeral + @"多?(?:万)?(?:公斤|千克|克拉|克|吨|斤)")]
    private static partial Regex Weight();

    [GeneratedRegex(@"\d|(?<!第)[一二两三四五六七八九十百千万亿几数]+多?(?:[个件条位幅只枚根片颗具座人名种块把张页卷册行部台架尊层级组套倍处栏章对双场匹头次顶版度届回艘辆代户])")]
    private static partial Regex Number();

    // More than 一个, which is said of anything.
    [GeneratedRegex(@"\d|(?<!第)[二两三四五六七八九十百千万亿几数][二两三四五六七八九十百千万亿零]*多?(?:[个件条位幅只枚根片颗具座人名种块把张页卷册行部台架尊层级组套倍处栏章对双场匹头次顶版度届回艘辆代户])")]
    private static partial Regex Several();

    // A sum: who only buys or sells names none, and 公元 is no currency.
    [GeneratedRegex(Numeral + @"多?\w{0,3}(?:盾|克朗|美元|英镑|法郎|欧元|马克|卢布|里拉|先令|两(?:白|黄)?[银金])|" + Numeral + @"多?(?:万|亿)?元(?!朝|代|年)|价(?!值)")]
    private static partial Regex Money();

    [GeneratedRegex(@"岁")]
    private static partial Regex Age();

    [GeneratedRegex(@"\w·\w|画家|艺术家|雕塑家|工匠|国王|皇帝|王后|教皇|诗人|学者|农民|士兵|村民|考古|女王|公主|法老|作者|祭司|商人|将军|伯爵|人们|夫妇|队员|僧|神|先生|家族|[^\W\d]{2,3}(?:发现|创作|画|写|制作|设计|买|找到|雕刻)|由|被")]
    private static partial Regex Person();

    [GeneratedRegex(@"[在于到自从往](?!此|这|那)\w{2,}|博物馆|博物院|美术馆|图书馆|教堂|出土|来自|国|市|省|县|村|岛|岸|山|洞|湖|海|河|沙漠|墓|遗址|镇|城|宫")]
    private static partial Regex Place();

    [GeneratedRegex(@"因为|因此|所以|由于|为了|之所以|是因|原因|缘故|以便|好让|于是|免得|以免|怕|因")]
    private static partial Regex Reason();

    [GeneratedRegex(@"为|用来|让|使|才|而|来|则|就|象征|靠|来自")]
    private static partial Regex WeakReason();

    [GeneratedRegex(@"象征|寓意|含义|意味|代表|意义|意思|表达|比喻|体现|寄托|表示|隐喻|标志|化身|仿佛|希望|相信|视为|看作|读作|想起|提醒|说明|宣告|歌颂|认为")]
    private static partial Regex Meaning();

    [GeneratedRegex(@"砖|釉|黏土|粘土|泥|油画|画布|布面|木|橡|杨|青铜|黄铜|铜|锡|铁|钢|金|银|铅|大理石|石灰岩|砂岩|花岗|玄武岩|闪长岩|雪花石|石膏|石|玉|翡翠|陶|瓷|玻璃|丝|绢|纸|羊皮|牛皮|皮|麻|亚麻|羊毛|象牙|贝|青金石|珐琅|钻|蛋彩|湿壁画|灰泥|颜料|墨|铝|骨|漆|岩|粉彩|蜡")]
    private static partial Regex Material();

    [GeneratedRegex(@"画|绘|创作|制作|制成|做|造|铸|雕|刻|写|作者|作品|织|绣|编|出自|发明|完成|动笔|之手|手笔|印|建|刊|设计|烧|打磨|开工|年代|始于|诞生")]
    private static partial Regex Made();

    [GeneratedRegex(@"发现|出土|找到|挖|发掘|现世|重见天日|打捞|捞")]
    private static partial Regex Found();

    [GeneratedRegex(@"收藏|藏于|藏在|展出|陈列|保存|存放|现存|挂在|馆藏|珍藏|博物馆|博物院|美术馆|图书馆|如今|现在|安放|至今")]
    private static partial Regex Kept();

    [GeneratedRegex(@"^[^，。]{2,24}?是(?!因|由|在|否)")]
    private static partial Regex Definition();

    [GeneratedRegex(@"用|先|再|然后|法|工艺|技|以|通过|借助|靠|拼|层")]
    private static partial Regex Method();

    // 第一次 is no number of times.
    [GeneratedRegex(@"(?<![第\d一二两三四五六七八九十百千万几数])[\d一二两三四五六七八九十百千万几数]+多?[个件条位幅只枚根片颗具座名种块把张页卷册行部台架尊层级组套]?$")]
    private static partial Regex NumberAtEnd();

    [GeneratedRegex(@"象征|寓意|含义|意味|代表|意思|表达|比喻|体现|寄托|隐喻|化身")]
    private static partial Regex StrongMeaning();

    [GeneratedRegex(@"用\w{1,8}(?:法|铸|制|画|雕|做|印|织|绣|写)|先\w+再|通过|借助|靠|顺着|转动")]
    private static partial Regex StrongMethod();

    [GeneratedRegex(Numeral + @"多?个?(?:秒|分钟|小时|天|星期|周|月|年)")]
    private static partial Regex Duration();

    [GeneratedRegex(@"来自|产自|采自|取自|运来|运到|出产")]
    private static partial Regex Origin();

    [GeneratedRegex(@"^(?:它|他|她|它们|他们|她们|这|那|此|其|于是|所以|因此|但|不过|然而|而且|后来|随后|当时|其中)")]
    private static partial Regex PointsBack();
}

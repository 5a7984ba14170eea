using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Takes the small words out of a Chinese question, so that runs of content are left.</summary>
internal static partial class ChineseFrame
{
    /// <summary>The runs that are left; a run breaks where something was taken out.</summary>
    public static List<string> Runs(string text) =>
        [.. Edge().Replace(Small().Replace(text, " "), " ").Split((char[])[' '], StringSplitOptions.RemoveEmptyEntries).Where(r => r is not ("画" or "用"))];

    public static bool PointsBack(string text) => Back().IsMatch(text);

    [GeneratedRegex("请问|请教一下|请教|问问|老师说|妈妈说|爸爸说|书上说|网上说|有人说|人们说|听人说|听说|好像|似乎|可能|也许|或许|一定|肯定|本来|原本|从前|来着|没错|对吗|对吧|对不对|是吧|是真的|竟然|居然|偏偏|非要|总共有|各有|分别|究竟是|全世界|世界上|那天|那次|这次|那时|这时|之后|以后|之前|以前|然后|最后|同时|一点|有点|哪一部|哪一件|哪一颗|哪一|别的|还有|除了|算是|算|来的|的人|跟|同|给|被|叫什么名字|叫什么|叫做什么|传说|据说|这一|那一|请|告诉我|你知道|您知道|知道|我想知道|想知道|想问|问一下|能不能|可不可以|可以|麻烦|你们|我们|他们|她们|它们|大家|咱们|到底|究竟|其实|当年|当时|如今|现在|目前|今天|后来|最初|原来|大约|大概|差不多|一共|总共|共有|关于|对于|还是|或者|以及|但是|不过|因为|所以|如果|虽然|什么|哪些|哪个|哪种|哪位|哪部|哪件|哪座|哪场|哪次|哪一|怎么样|怎么|怎样|如何|为什么|是谁|这么|那么|这样|那样|这个|那个|这幅|那幅|这件|那件|这些|那些|这座|这尊|这块|这部|这种|那种|这里|那里|这|那|哪|幅画|这画|作品|展品|文物|艺术品|画作|雕像作品|有没有|是不是|是否|一个|一件|一幅|一位|一座|一下|一度|一直|起来|出来|下来|里面|上面|下面|中间|之中|当中|身上|里边|时候|的话|真的|应该|需要|能够|曾经|已经|正在|非常|特别|十分|很多|许多|哪去了|去哪了|去哪|上(?![海帝])|中(?!国|世纪|心|央|东|山)|地(?!中海|[球狱震图位方毯铁])|会(?!议)|将(?!军)|(?<!自)由|(?<!思)想(?!象)|里(?![斯程])|内(?![布容部脏])|几(?!何)|多(?!瑙)|过(?!去)|位(?![置于])|(?<!太)太(?![太阳平子后空极])|[的了吗不呢吧啊呀嘛么哦呀是在有和与把被从往向对给让于以之其我你您他她它们个件幅尊座只颗些都也还又就才很更最能要得着下谁样为这那哪?？。，,!！.、；;：:\"'“”‘’《》<>()（）·—…~-]")]
    private static partial Regex Small();

    [GeneratedRegex("\\s+")]
    private static partial Regex Edge();

    [GeneratedRegex("它|他|她|同一个人|同一位|前者|后者|[前后](?:面)?[那一]|这(?:个|幅|件|座|尊|块|部|画|作品|雕像|东西|展品)|那(?:个|幅|件|座|尊|块|画)|此画|该作|作者|画家|画里|画中|上面|里面")]
    private static partial Regex Back();
}

using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Tells the kind of a Chinese question, and takes the words of the frame out of it.</summary>
internal static partial class ChineseKinds
{
    // The first that matches decides; the frame is what it says of the kind alone.
    private static readonly (QuestionKind Kind, Regex Pattern, Regex Frame)[] Kinds =
    [
        (QuestionKind.Why, Why(), Why()),
        (QuestionKind.Price, Price(), PriceFrame()),
        (QuestionKind.Meaning, Meaning(), MeaningFrame()),
        (QuestionKind.Weight, Weight(), Weight()),
        (QuestionKind.Age, Age(), Age()),
        (QuestionKind.Duration, Duration(), Duration()),
        (QuestionKind.WhoMade, WhoMade(), WhoMade()),
        (QuestionKind.WhenMade, WhenMade(), WhenFrame()),
        (QuestionKind.When, When(), WhenFrame()),
        (QuestionKind.WhereFound, WhereFound(), WhereFrame()),
        (QuestionKind.WhereNow, WhereNow(), WhereFrame()),
        (QuestionKind.WhereMade, WhereMade(), WhereFrame()),
        (QuestionKind.Where, Where(), WhereFrame()),
        (QuestionKind.Material, Material(), Material()),
        (QuestionKind.Size, Size(), SizeFrame()),
        (QuestionKind.Count, Count(), CountFrame()),
        (QuestionKind.Who, Who(), Who()),
        (QuestionKind.Overview, Overview(), Overview()),
        (QuestionKind.How, How(), How()),
        (QuestionKind.YesNo, YesNo(), YesNo()),
    ];

    /// <returns>The kind, what is left without its frame (a space where something was), and the frame itself.</returns>
    public static (QuestionKind Kind, string Matter, string Frame) Of(string folded, string withoutNames)
    {
        foreach (var (kind, pattern, frame) in Kinds)
        {
            if (pattern.IsMatch(folded))
            {
                return (kind, frame.Replace(withoutNames, " "), string.Concat(frame.Matches(withoutNames).Select(m => m.Value)));
            }
        }

        return (QuestionKind.What, withoutNames, "");
    }

    [GeneratedRegex("名字?(?:又|到底|究竟)?是?(?:怎么|从哪[里儿]?)来|(?:名字?|名称)的?(?:由来|来历)|怎么得名|为什么|为何|为啥|什么原因|何以|怎么会|怎么(?=没|不|还|就|这么|那么|能|老|总|起|取|叫|少|浑身)|缘何|凭什么|什么缘故|干嘛|的原因是什么|原因|(?<=.)为什么而|为了什么")]
    private static partial Regex Why();

    [GeneratedRegex("多少钱|什么价|价格|价钱|身价|值多少|花了多少|卖了多少|估价|多贵")]
    private static partial Regex Price();

    [GeneratedRegex("多少钱|什么价|价格是多少|价格|价钱|值多少|花了多少|卖了多少|多少|钱")]
    private static partial Regex PriceFrame();

    [GeneratedRegex("象征|寓意|含义|含意|涵义|意味|代表|意义|什么意思|的意思|想?表达|想说|说明什么|隐喻|传达|意涵|内涵|(?:什么|哪些?|怎样的?)(?:道理|精神|启示|理想|观念|讲究|想法)|教训|怎么(?:理解|解读)")]
    private static partial Regex Meaning();

    [GeneratedRegex("象征着?什么|象征着?|有什么寓意|寓意|含义|涵义|意味着?什么|意味着?|代表着?什么|代表着?|含意|意义|什么意思|的意思|想要?表达|表达了?什么|表达了?|想?说明了?什么|想说|想?说明|隐喻|想?传达|意涵|内涵|道理|精神|情绪|启示|理想|观念|讲究|想法|怎么(?:理解|解读)|背后|怎样|有什么|是什么人?|什么人|什么")]
    private static partial Regex MeaningFrame();

    [GeneratedRegex("有?多重|多少(?:公斤|千克|斤|吨|克拉|克)重?|重量(?:是多少)?|几(?:公斤|吨|顿)重?|重几[吨顿]|多沉")]
    private static partial Regex Weight();

    [GeneratedRegex("多大年纪|多大岁数|多少岁|几岁|多大年龄|年龄|岁数|多大时")]
    private static partial Regex Age();

    [GeneratedRegex("多长时间|多久(?!以?前|之前|的|了|远)|多少(?:秒|分钟|小时|天|个月)|几(?:秒|分钟|小时|天|个月)")]
    private static partial Regex Duration();

    [GeneratedRegex("(?:是|由)?(?:哪位|哪个|哪一位|什么)(?:著名)?(?:画家|艺术家|雕塑家|雕刻家|工匠|大师|匠人)(?:画|创作|雕刻|雕|制作|做|作)?(?:的)?|(?:到底|究竟|最初)?(?:是|由)?(?<![给为替向跟和与])(?:谁|哪位|什么人|哪个人|哪些人)(?:来)?(?:画|绘制|绘|创作|雕刻|雕|刻|写|铸造|铸|制作|制造|制|建造|造|设计|绣|织|编写|编|发明|做|打造|印制|印|主持创作|主持)(?:出来|成|出)?(?:的|了)?|作者(?:是)?(?:谁|哪位)?|(?:哪位|哪个|哪一位|什么)(?:著名)?(?:画家|艺术家|雕塑家|雕刻家|工匠|大师|匠人)(?:画|创作|雕刻|雕|制作|做|作)?(?:的)?|出自(?:谁|何人|哪位)\\w{0,3}?(?:手笔|之手|手)?|谁的(?:作品|手笔|画)|画家是(?:谁|哪位)|创作者(?:是谁)?|(?:谁|何人)所(?:作|画|造|制|写|铸|刻)|谁.{0,2}的作品")]
    private static partial Regex WhoMade();

    [GeneratedRegex("(?:画|绘|作|创作|制作|雕|刻|铸|铸造|造|建|制|写|织|印|完成|诞生|做|动笔|开工|问世|成)(?:成|制|造|作)?(?:于|在)?(?:的|是)*(?:大约|大概|公元|约)*(?:什么时候|何时|哪一?年|哪个(?:世纪|年代|朝代|时期)|什么(?:年代|朝代|时代))|(?:什么时候|何时|哪一?年|哪个(?:世纪|年代|朝代|时期)|什么(?:年代|朝代|时代))(?:开始|被)?(?:画|绘|创作|制作|雕|刻|铸|造|建|制|写|织|印|完成|诞生|做|问世)|多少年(?:的)?(?:历史|了)|距今|有多久|年代(?:是)?|多老|有多古老|哪个朝代|什么朝代|哪个年代|什么年代|多古老|哪个时期|(?:什么时候|哪一?年)的(?:作品|画|文物|东西)?$")]
    private static partial Regex WhenMade();

    [GeneratedRegex("什么时候|何时|哪一?年|哪个(?:世纪|年代|朝代|时期)|哪天|哪一天|哪个月|什么(?:年代|朝代|时代|时间)|多少年|多久(?:以前|之前)|几几年|啥时候|时间")]
    private static partial Regex When();

    [GeneratedRegex("(?:是)?(?:画|绘|作|创作|制作|雕|刻|铸|铸造|建|制|写|织|印|做|造)(?:成|制|造|作)?(?:于|在)(?=什么时候|何时|哪)|什么时候|啥时候|何时|哪一?年|哪个(?:世纪|年代|朝代|时期)|哪天|哪一天|哪个月|什么(?:年代|朝代|时代|时间)|多少年|多久(?:以前|之前)?|几几年|有?多古老|有?多老|历史|距今|年代|以前|(?:画|绘|创作|制作|雕|刻|铸造|铸|造|建|制|写|织|印|做)(?:成|出来)?的|开始画|(?:大约|大概)")]
    private static partial Regex WhenFrame();

    [GeneratedRegex("(?:哪里|哪儿|何处|什么地方|哪个地方|在哪|哪个(?:国家|城市|村|县)|哪座城市).{0,4}(?:出土|发现|挖|找到|发掘|打捞)|(?:出土|发现|挖|找到|发掘|打捞).{0,6}(?:哪里|哪儿|何处|什么地方|哪个|在哪)")]
    private static partial Regex WhereFound();

    [GeneratedRegex("(?:藏|展|陈列|保存|存|挂|看到|参观|现在|如今|今天|目前|放|摆|在).{0,5}(?:哪里|哪儿|何处|什么地方|哪个地方|哪)|哪(?:个|座|家|间|里的)?(?:博物馆|美术馆|博物院|图书馆|馆|展厅)|去哪(?:里|儿)?(?:才)?(?:能|可以)?看|(?:哪里|哪儿)(?:能|可以)?(?:看|见)|什么(?:博物馆|美术馆)")]
    private static partial Regex WhereNow();

    [GeneratedRegex("(?:画|绘|创作|制作|雕|刻|铸|造|建|制|写|织|印|做)(?:成|造)?(?:于|在).{0,3}(?:哪里|哪儿|何处|什么地方|哪)|(?:哪里|哪儿|何处|什么地方|哪国|哪个国家).{0,3}(?:画|绘|创作|制作|雕|刻|铸|造|建|制|写|织|印|做)|来自(?:哪里|哪儿|哪个国家|何处|什么地方)|产自|从哪(?:里|儿)?来|哪国|哪个国家")]
    private static partial Regex WhereMade();

    [GeneratedRegex("哪里|哪儿|何处|什么地方|哪个地方|在哪|哪(?:座|个)(?:城市|国家|村|岛|县|省|地方|教堂|港口|山)|哪国")]
    private static partial Regex Where();

    [GeneratedRegex("(?:放|摆|存|挂)?在?哪(?:个|座|家|间|里的)?(?:博物馆|美术馆|博物院|图书馆|馆|国家|城市|地方)|现?藏(?:在|于)?(?=何处|哪)|什么(?:博物馆|美术馆)|(?:收)?藏在?于?|展出|陈列|保存|存放|出土|在?哪里|在?哪儿|何处|什么地方|在哪|去哪|能看到|可以看到|能看|看到|参观|来自|哪国|位于|从|来的|哪")]
    private static partial Regex WhereFrame();

    [GeneratedRegex("(?:是)?(?:由|用)?什么(?:样的)?(?:材料|材质|石头|石料|石材|木头|木料|金属|矿石|质地)(?:做|制|造|雕|画|刻|铸|建|写|织|绣)?(?:成|造|作|刻|出来)*的?|(?:由|用|从|拿)什么东西(?:做|制|造|雕|画|刻|铸|建|写|织|绣)?(?:成|造|作|刻|出来)*的?|什么东西(?:做|制|造|雕|铸|建|织)(?:成|造|出来)*的?|(?:是)?用什么(?:做|制|造|雕|画|刻|铸|写|织|建|打|锻|缝)(?:成|造|作|刻)?(?:的)?|什么(?:做|制|雕|铸|造|织)(?:成|造)?的|画在什么(?:上面?|材料上)?|材质(?:是)?|材料(?:是)?|质地|(?:写|印|刻|织|绣)在什么(?:上面?)?|(?:由|用)(?:哪种|何种|哪些)(?:材料|石头|金属|木头)")]
    private static partial Regex Material();

    [GeneratedRegex("多(?:大(?!年纪|岁)|高|长|宽|厚|深|粗)|尺寸|大小|面积|长度|高度|宽度|几米|多少(?:米|厘米)")]
    private static partial Regex Size();

    [GeneratedRegex("有?多(?:大|高|长|宽|厚|深|粗)|尺寸(?:是多少)?|大小|面积|长度|高度|宽度|(?:有)?几米|(?:有)?多少(?:米|厘米)|是多少")]
    private static partial Regex SizeFrame();

    // Whatever is counted, but what is no number: 几乎, 几何, 几点, 几号.
    [GeneratedRegex("多少|几(?![乎何时点号楼月年天岁世代])\\p{IsCJKUnifiedIdeographs}|数量")]
    private static partial Regex Count();

    [GeneratedRegex("多少|几(?![乎何])|数量|一共|总共|共有|共")]
    private static partial Regex CountFrame();

    [GeneratedRegex("(?<=[人家王后帝者师长教妻子女士])(?:叫|是)什么(?:名字)?|(?<=[他她])叫什么(?:名字)?|是谁|谁|哪位|什么人|哪些人|何人|哪个人|哪一位|(?<=哪)个(?=国王|皇帝|人)")]
    private static partial Regex Who();

    [GeneratedRegex("(?:请|给我|跟我)?(?:介绍|讲讲|说说|讲一讲|说一说|讲解|聊聊|谈谈)(?:一下|下)?(?:关于)?(?:的故事)?|^[\\s是]*什么(?:东西|来历|来头)?$|是什么$|是(?:个|一个|一件|一幅)?什么(?:东西|样的)?$|的故事|有什么(?:特别|故事|来历|来头)|来历")]
    private static partial Regex Overview();

    [GeneratedRegex("怎么一?回事|怎么样|怎么|怎样|如何|什么方法|用什么方法|咋")]
    private static partial Regex How();

    [GeneratedRegex("吗|是不是|有没有|是否|对不对|真的|能不能|会不会")]
    private static partial Regex YesNo();
}

using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Language.Pinyin;
using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>Chinese as recognisers and input methods write it, and as visitors ask.</summary>
public sealed class ChineseUnderstandingTests
{
    [Theory]
    [InlineData("惊鸣上河图有多长", "qingming-scroll")]
    [InlineData("胡萝塞塔石碑上有几种文字", "rosetta-stone")]
    [InlineData("翠于白菜是什么做的", "jadeite-cabbage")]
    [InlineData("mengnalisha是谁画的", "mona-lisa")]
    [InlineData("月王够践剑在哪里出土", "sword-of-goujian")]
    public async Task A_name_is_heard_in_what_sounds_like_it(string text, string id)
    {
        var index = await MuseumContent.IndexAsync();
        var mention = Parser.Parse(text, null, [], index).Mentions[0];
        Assert.Equal(id, index.Exhibits[mention.Exhibits[0]].Id);
    }

    [Theory]
    [InlineData("那棵白菜有多高", "jadeite-cabbage")]
    [InlineData("白菜上趴着虫子，有什么讲究？", "jadeite-cabbage")]
    public async Task What_a_thing_is_stands_for_its_name_where_it_is_the_only_one(string text, string id)
    {
        var index = await MuseumContent.IndexAsync();
        var mention = Parser.Parse(text, null, [], index).Mentions[0];
        Assert.Equal((MentionStrength.Part, id), (mention.Strength, index.Exhibits[mention.Exhibits[0]].Id));
    }

    [Theory]
    [InlineData("最后一班车是几点")]
    [InlineData("我的太阳伞丢了")]
    public async Task What_is_written_as_it_was_meant_is_no_slip_for_a_name(string text)
    {
        var index = await MuseumContent.IndexAsync();
        Assert.DoesNotContain(Parser.Parse(text, null, [], index).Mentions, m => m.Strength > MentionStrength.Maker);
    }

    [Fact]
    public void Pinyin_is_read_syllable_by_syllable_and_other_letters_are_not()
    {
        Assert.Equal(3, HanziSounds.Read("bai翠yu").Count);
        Assert.Equal(4, HanziSounds.Read("bdfk").Count);
    }

    [Theory]
    [InlineData("拉斐尔为什么要画蒙娜丽莎？", "达·芬奇")]
    [InlineData("星月夜是在伦敦画的吧？", "圣雷米")]
    [InlineData("罗塞塔石碑是不是1850年发现的？", "1799年")]
    [InlineData("铜奔马是唐朝的吧", "东汉")]
    [InlineData("越王勾践剑是铁打的吗？", "青铜")]
    public async Task What_is_taken_for_granted_and_wrong_is_put_right(string text, string right)
    {
        var (_, evidence, answer) = await MuseumContent.AskAsync(text);
        Assert.True(evidence.Corrects);
        Assert.Contains(right, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("达·芬奇为什么要画蒙娜丽莎？")]
    [InlineData("星月夜是1889年画的吗？")]
    [InlineData("铜奔马是汉代的吗？")]
    public async Task What_is_right_is_not_put_right(string text) => Assert.False((await MuseumContent.AskAsync(text)).Evidence.Corrects);

    [Fact]
    public async Task Two_beside_each_other_are_both_answered_from_and_compared()
    {
        var (_, evidence, _) = await MuseumContent.AskAsync("夜巡和蒙娜丽莎哪一幅画得更早？");
        var index = await MuseumContent.IndexAsync();
        Assert.Equal(["mona-lisa", "night-watch"], evidence.Answer.Select(c => index.Exhibits[c.Sentence.Exhibit].Id).Order());
        Assert.Contains("蒙娜丽莎", evidence.Conclusion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("那前一幅是谁画的？", "guernica")]
    [InlineData("后面那幅是谁画的？", "night-watch")]
    [InlineData("第一幅是谁画的？", "scream")]
    public async Task One_of_several_that_were_spoken_of_is_meant(string text, string id)
    {
        PastMessage[] history = [new(true, "呐喊在哪里？"), new(true, "格尔尼卡有多大？"), new(true, "夜巡呢？")];
        var (_, evidence, _) = await MuseumContent.AskAsync(text, null, history);
        Assert.Equal(id, (await MuseumContent.IndexAsync()).Exhibits[evidence.Answer[0].Sentence.Exhibit].Id);
    }

    [Theory]
    [InlineData("他还有什么别的作品吗？", "蒙娜丽莎是谁画的？", "last-supper")]
    [InlineData("同一个人还雕过什么？", "思想者有多高？", "burghers-of-calais")]
    [InlineData("画家还画了哪些？", "最后的晚餐在哪里？", "mona-lisa")]
    public async Task Another_work_of_the_same_hand_is_found(string text, string before, string id)
    {
        var index = await MuseumContent.IndexAsync();
        var question = Parser.Parse(text, null, [new PastMessage(true, before)], index);
        Assert.Equal(id, index.Exhibits[question.Topics[0]].Id);
    }

    [Theory]
    [InlineData("始祖鸟的化石换了什么东西？", "What")]
    [InlineData("始祖鸟的化石是什么东西做的？", "Material")]
    [InlineData("呐喊一共画了几版？", "Count")]
    [InlineData("蒙娜丽莎几乎没有眉毛吗？", "YesNo")]
    [InlineData("博物馆几点关门？", "What")]
    public async Task What_sort_of_answer_is_wanted_is_told_from_the_question(string text, string kind) =>
        Assert.Equal(kind, Parser.Parse(text, null, [], await MuseumContent.IndexAsync()).Kind.ToString());

    [Theory]
    [InlineData((int)QuestionKind.WhenMade, "公元前433年", -433)]
    [InlineData((int)QuestionKind.WhenMade, "12世纪初", 1150)]
    [InlineData((int)QuestionKind.WhenMade, "约320万年前", -3_200_000)]
    [InlineData((int)QuestionKind.Size, "高77厘米，宽53厘米", 0.77)]
    [InlineData((int)QuestionKind.Weight, "重约24吨", 24_000)]
    public void What_can_be_compared_is_read_from_a_text(int kind, string text, double value) => Assert.Equal(value, Quantity.Of((QuestionKind)kind, text)!.Value, 6);
}

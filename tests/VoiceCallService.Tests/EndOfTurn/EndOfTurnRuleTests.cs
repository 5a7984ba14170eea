using Museum.VoiceCallService.EndOfTurn;

namespace Museum.VoiceCallService.Tests.EndOfTurn;

/// <summary>How much silence follows which words: 300 ms complete, 500 ms unknown, 1.3 s unfinished, 2.5 s hesitating.</summary>
public sealed class EndOfTurnRuleTests
{
    private const int Complete = 300;
    private const int Unknown = 500;
    private const int Unfinished = 1_300;
    private const int Hesitating = 2_500;

    private readonly EndOfTurnRule rule = new(new EndOfTurnOptions());

    [Theory]
    [InlineData("", "en")]
    [InlineData(" ", "zh")]
    [InlineData("...", "en")]
    [InlineData("。", "zh")]
    public void When_nothing_has_been_heard_it_is_the_default(string heard, string language) => Assert.Equal(Unknown, Silence(heard, language));

    [Theory]
    [InlineData("who painted the starry night")]
    [InlineData("Who painted The Starry Night?")]
    [InlineData("what is this")]
    [InlineData("what's the name of this painting")]
    [InlineData("where is the mona lisa")]
    [InlineData("when was it painted")]
    [InlineData("how old is it")]
    [InlineData("how many paintings did he sell")]
    [InlineData("and why is it famous")]
    [InlineData("excuse me did he paint it himself")]
    [InlineData("is this an original painting")]
    [InlineData("who painted it and when")]
    [InlineData("why does the sun in impression sunrise seem to flicker")]
    [InlineData("why does the leopard stands for on the benin bronzes")]
    public void A_whole_question_in_English_is_over_soon(string heard) => Assert.Equal(Complete, Silence(heard, "en"));

    [Theory]
    [InlineData("tell me about the starry night")]
    [InlineData("Describe the picture.")]
    [InlineData("could you say that again please")]
    [InlineData("thank you")]
    [InlineData("no")]
    [InlineData("go on")]
    public void So_is_a_request_or_what_says_all_by_itself(string heard) => Assert.Equal(Complete, Silence(heard, "en"));

    [Theory]
    [InlineData("i like the sunflowers and")]
    [InlineData("who painted it because")]
    [InlineData("I would like to know whether")]
    public void A_conjunction_wants_a_clause(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Theory]
    [InlineData("who painted the")]
    [InlineData("is this a")]
    [InlineData("tell me about his")]
    [InlineData("it is very")]
    public void An_article_wants_a_noun(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Theory]
    [InlineData("tell me about")]
    [InlineData("what is the meaning of")]
    [InlineData("i am looking for")]
    [InlineData("What happened during")]
    public void A_preposition_wants_a_noun(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Theory]
    [InlineData("what is it made of")]
    [InlineData("who is this painting by")]
    [InlineData("where does it come from")]
    [InlineData("what does she look like")]
    [InlineData("wait what stone is the olmec head made of")]
    public void But_not_where_its_noun_stands_at_the_beginning(string heard) => Assert.Equal(Unknown, Silence(heard, "en"));

    [Theory]
    [InlineData("who was")]
    [InlineData("how old is")]
    [InlineData("the painting is")]
    [InlineData("why did")]
    [InlineData("who owned")]
    public void An_auxiliary_wants_its_verb_and_a_verb_its_object(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Fact]
    public void But_not_at_the_end_of_an_embedded_question() => Assert.Equal(Complete, Silence("tell me what this is", "en"));

    [Theory]
    [InlineData("Why does the Girl with a Pearl Earring", Unfinished)]
    [InlineData("how did the Benin Bronzes", Unfinished)]
    [InlineData("How do the Benin Bronzes costume", Unknown)]
    [InlineData("Why does the Venus de Milo has no arms", Unknown)]
    [InlineData("How did the carver Treaty cracks of the Jadeite Cabbage", Unknown)]
    public void A_subject_wants_its_verb_unless_something_stands_behind_it_where_the_verb_was_misheard(string heard, int silence) => Assert.Equal(silence, Silence(heard, "en"));

    [Theory]
    [InlineData("can you")]
    [InlineData("hello could you tell me")]
    [InlineData("i would like")]
    [InlineData("do you know who")]
    public void An_opening_wants_what_it_is_about(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Theory]
    [InlineData("show me the first the second")]
    [InlineData("the red one,")]
    [InlineData("I have two questions:")]
    [InlineData("I was thinking...")]
    [InlineData("the monet the renoir")]
    public void A_rising_list_goes_on(string heard) => Assert.Equal(Unfinished, Silence(heard, "en"));

    [Theory]
    [InlineData("um")]
    [InlineData("who painted the uh")]
    [InlineData("What is, um...")]
    [InlineData("let me think")]
    public void Who_looks_for_words_gets_the_longest_time(string heard) => Assert.Equal(Hesitating, Silence(heard, "en"));

    [Theory]
    [InlineData("the paintings of monet")]
    [InlineData("i like the sunflowers")]
    [InlineData("when was the painting")]
    public void Words_that_tell_nothing_leave_the_default(string heard) => Assert.Equal(Unknown, Silence(heard, "en"));

    [Theory]
    [InlineData("谁画的")]
    [InlineData("这幅画是谁画的")]
    [InlineData("这幅画是谁画的？")]
    [InlineData("它 是 什么 时候 画 的")]
    [InlineData("这是什么")]
    [InlineData("它有名吗")]
    [InlineData("这里有多少幅画")]
    [InlineData("这是谁的雕像")]
    public void A_whole_question_in_Chinese_is_over_soon(string heard) => Assert.Equal(Complete, Silence(heard, "zh"));

    [Theory]
    [InlineData("介绍一下这个")]
    [InlineData("请介绍一下这幅画")]
    [InlineData("告诉我梵高的故事。")]
    [InlineData("谢谢")]
    [InlineData("好的，谢谢。")]
    [InlineData("为什么")]
    public void So_is_a_request_in_Chinese(string heard) => Assert.Equal(Complete, Silence(heard, "zh"));

    [Theory]
    [InlineData("我喜欢向日葵还有")]
    [InlineData("梵高和")]
    [InlineData("这幅画是在")]
    [InlineData("我想看印象派的")]
    [InlineData("请问")]
    [InlineData("这幅")]
    [InlineData("它为什么")]
    [InlineData("这幅画")]
    public void Conjunctions_prepositions_and_attributes_want_more_in_Chinese_too(string heard) => Assert.Equal(Unfinished, Silence(heard, "zh"));

    [Theory]
    [InlineData("第一第二")]
    [InlineData("第一个第二个")]
    [InlineData("红色、")]
    [InlineData("我喜欢梵高，")]
    public void A_rising_list_goes_on_in_Chinese(string heard) => Assert.Equal(Unfinished, Silence(heard, "zh"));

    [Theory]
    [InlineData("嗯")]
    [InlineData("我想问那个")]
    [InlineData("这幅画呃")]
    [InlineData("让我想想")]
    public void Who_looks_for_words_in_Chinese_gets_the_longest_time(string heard) => Assert.Equal(Hesitating, Silence(heard, "zh"));

    [Fact]
    public void But_what_is_pointed_at_is_no_search_for_words() => Assert.Equal(Unknown, Silence("我想看那个", "zh"));

    [Fact]
    public void The_four_times_are_settings()
    {
        var patient = new EndOfTurnRule(new EndOfTurnOptions { Min = TimeSpan.FromSeconds(1), Default = TimeSpan.FromSeconds(1), Unfinished = TimeSpan.FromSeconds(2), Max = TimeSpan.FromSeconds(3) });
        Assert.Equal([1, 1, 2, 3], new[] { "what is this", "", "the", "um" }.Select(t => (int)patient.SilenceAfter(t, "en").TotalSeconds));
    }

    [Fact]
    public void Times_that_are_not_in_order_are_refused_with_the_key()
    {
        var error = Assert.Single(new EndOfTurnOptions { Default = TimeSpan.FromSeconds(2) }.Validate(new(this)));
        Assert.Contains("EndOfTurn:", error.ErrorMessage, StringComparison.Ordinal);
    }

    private int Silence(string heard, string language) => (int)rule.SilenceAfter(heard, language).TotalMilliseconds;
}

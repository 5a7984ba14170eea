using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace TextService.Tests;

public sealed class ParserTests
{
    [Theory]
    [InlineData("Who painted The Starry Night?", "en")]
    [InlineData("Who painted 星月夜?", "en")]
    [InlineData("《星月夜》是谁画的？", "zh")]
    [InlineData("Mona Lisa是谁画的？", "zh")]
    [InlineData("Lucy多高？", "zh")]
    [InlineData("1889?", "en")]
    public void The_language_of_the_words_is_found_out(string text, string expected) => Assert.Equal(expected, Tongues.Detect(text).Code());

    [Theory]
    [InlineData("Who painted it?", "en")]
    [InlineData("它是谁画的？", "zh")]
    [InlineData("Mona Lisa", null)]
    [InlineData("1503", null)]
    public void A_name_alone_belongs_to_no_language(string text, string? expected) => Assert.Equal(expected, Tongues.Plainly(text)?.Code());

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("zh-CN", "zh")]
    [InlineData("zh_Hans", "zh")]
    [InlineData("fr", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Language_tags_are_read_by_their_first_part(string? tag, string? expected) => Assert.Equal(expected, Tongues.Parse(tag)?.Code());

    [Theory]
    [InlineData("who made the Mona Lisa", "mona-lisa")]
    [InlineData("la gioconda", "mona-lisa")]
    [InlineData("蒙娜丽莎在哪里", "mona-lisa")]
    [InlineData("How old is Klimt's Kiss?", "klimt-kiss")]
    [InlineData("《吻》是谁画的？", "klimt-kiss")]
    [InlineData("Who painted 星月夜?", "starry-night")]
    [InlineData("Why does Laocoön suffer?", "laocoon-and-his-sons")]
    [InlineData("Where was Otzi found?", "otzi-the-iceman")]
    public async Task An_exhibit_is_recognised_by_each_of_its_names(string text, string id) => Assert.Equal(id, await FirstMentionAsync(text));

    [Theory]
    [InlineData("stop")]
    [InlineData("Wait a moment,")]
    [InlineData("okay excuse me please")]
    [InlineData("Sorry… one moment.")]
    public async Task What_is_said_to_be_let_speak_is_no_part_of_the_question(string before)
    {
        var index = await MuseumContent.IndexAsync();
        var plain = Parser.Parse("where does the Mona Lisa hang", null, [], index);
        var asked = Parser.Parse($"{before} where does the Mona Lisa hang", null, [], index);
        Assert.Equal(plain.Kind, asked.Kind);
        Assert.Equal(plain.Focus.Count, asked.Focus.Count);
        Assert.False(asked.PointsBack);
        Assert.Equal("stop", Interjections.Strip("stop"));
    }

    [Theory]
    [InlineData("Stary Nigth", "starry-night", (int)MentionStrength.Name)]
    [InlineData("Who painted the Mona Lissa?", "mona-lisa", (int)MentionStrength.Name)]
    [InlineData("what did Vermer paint", "girl-with-a-pearl-earring", (int)MentionStrength.Maker)]
    [InlineData("where is the rosseta stone", "rosetta-stone", (int)MentionStrength.Name)]
    [InlineData("Guernika", "guernica", (int)MentionStrength.Name)]
    [InlineData("蒙那丽莎是谁画的", "mona-lisa", (int)MentionStrength.Misspelt)]
    [InlineData("千里江川图有多长", "thousand-li-of-rivers-and-mountains", (int)MentionStrength.Misspelt)]
    public async Task Slips_of_the_finger_are_forgiven(string text, string id, int strength)
    {
        var index = await MuseumContent.IndexAsync();
        var mention = Parser.Parse(text, null, [], index).Mentions[0];
        Assert.Equal(id, index.Exhibits[mention.Exhibits[0]].Id);
        Assert.Equal((MentionStrength)strength, mention.Strength);
    }

    [Theory]
    [InlineData("Is there something for kids?")]
    [InlineData("Where can I get ice cream?")]
    [InlineData("Where are the toilets?")]
    [InlineData("吻合吗")]
    [InlineData("今天星期几")]
    public async Task What_only_sounds_like_a_name_is_none(string text)
    {
        var index = await MuseumContent.IndexAsync();
        Assert.Empty(Parser.Parse(text, null, [], index).Mentions);
    }

    [Theory]
    [InlineData("Who painted The Starry Night?", (int)QuestionKind.WhoMade)]
    [InlineData("Who stole the Mona Lisa?", (int)QuestionKind.Who)]
    [InlineData("When was the Mona Lisa painted?", (int)QuestionKind.WhenMade)]
    [InlineData("How old is Girl with a Pearl Earring?", (int)QuestionKind.WhenMade)]
    [InlineData("When was the Mona Lisa stolen?", (int)QuestionKind.When)]
    [InlineData("How old was the painter of A Thousand Li of Rivers and Mountains?", (int)QuestionKind.Age)]
    [InlineData("Where is the Mona Lisa now?", (int)QuestionKind.WhereNow)]
    [InlineData("Where was the Rosetta Stone found?", (int)QuestionKind.WhereFound)]
    [InlineData("What is the Phaistos Disc made of?", (int)QuestionKind.Material)]
    [InlineData("How tall is David?", (int)QuestionKind.Size)]
    [InlineData("How long did the first flight of the Wright Flyer last?", (int)QuestionKind.Duration)]
    [InlineData("How heavy is the Houmuwu Ding?", (int)QuestionKind.Weight)]
    [InlineData("How many laws does the Code of Hammurabi have?", (int)QuestionKind.Count)]
    [InlineData("How much is a ticket?", (int)QuestionKind.Price)]
    [InlineData("Why is The Scream famous?", (int)QuestionKind.Why)]
    [InlineData("What does The Thinker stand for?", (int)QuestionKind.Meaning)]
    [InlineData("How does the Difference Engine work?", (int)QuestionKind.How)]
    [InlineData("Tell me about Guernica", (int)QuestionKind.Overview)]
    [InlineData("Guernica", (int)QuestionKind.Overview)]
    [InlineData("《星月夜》是谁画的？", (int)QuestionKind.WhoMade)]
    [InlineData("《星月夜》画于哪一年？", (int)QuestionKind.WhenMade)]
    [InlineData("罗塞塔石碑是什么时候发现的？", (int)QuestionKind.When)]
    [InlineData("《蒙娜丽莎》现在在哪里？", (int)QuestionKind.WhereNow)]
    [InlineData("后母戊鼎是在哪里出土的？", (int)QuestionKind.WhereFound)]
    [InlineData("后母戊鼎有多重？", (int)QuestionKind.Weight)]
    [InlineData("大卫像有多高？", (int)QuestionKind.Size)]
    [InlineData("汉谟拉比法典有多少条法律？", (int)QuestionKind.Count)]
    [InlineData("罗塞塔石碑为什么重要？", (int)QuestionKind.Why)]
    [InlineData("《呐喊》象征什么？", (int)QuestionKind.Meaning)]
    [InlineData("画《千里江山图》时画家多大年纪？", (int)QuestionKind.Age)]
    [InlineData("介绍一下蒙娜丽莎", (int)QuestionKind.Overview)]
    public async Task The_kind_of_answer_wanted_is_understood(string text, int kind) =>
        Assert.Equal((QuestionKind)kind, Parser.Parse(text, null, [], await MuseumContent.IndexAsync()).Kind);

    [Theory]
    [InlineData("When was it painted?", "mona-lisa")]
    [InlineData("Who stole it?", "mona-lisa")]
    [InlineData("How big?", "mona-lisa")]
    [InlineData("And where is it now?", "mona-lisa")]
    [InlineData("它现在在哪里？", "mona-lisa")]
    [InlineData("这幅画有多大？", "mona-lisa")]
    [InlineData("Who painted The Scream?", "scream")]
    public async Task A_follow_up_is_about_what_was_spoken_of(string ask, string id)
    {
        PastMessage[] history = [new(true, "Who painted Guernica?"), new(false, "Guernica was painted by Picasso."), new(true, "Tell me about the Mona Lisa"), new(false, "It is a portrait.")];
        var (_, evidence, _) = await MuseumContent.AskAsync(ask, null, history);
        var index = await MuseumContent.IndexAsync();
        Assert.True(evidence.Grounded);
        Assert.Equal(id, index.Exhibits[evidence.Answer[0].Sentence.Exhibit].Id);
    }

    [Theory]
    [InlineData("We came with our kids today and it is lovely here. Who painted the Mona Lisa?", "mona-lisa")]
    [InlineData("I am standing before the Mona Lisa. Who painted it?", "mona-lisa")]
    [InlineData("我站在《蒙娜丽莎》前面。它是谁画的？", "mona-lisa")]
    [InlineData("我们今天带孩子来的，很高兴。《呐喊》是谁画的？", "scream")]
    public async Task What_is_told_beside_a_question_is_its_context(string text, string id)
    {
        var (_, evidence, _) = await MuseumContent.AskAsync(text);
        var index = await MuseumContent.IndexAsync();
        Assert.True(evidence.Grounded);
        Assert.Equal(id, index.Exhibits[evidence.Answer[0].Sentence.Exhibit].Id);
    }

    [Fact]
    public async Task Of_a_long_story_the_end_is_the_question()
    {
        var story = string.Join(' ', Enumerable.Repeat("I walked through strange halls and saw wonderful unknowable things.", 120));
        var (_, evidence, answer) = await MuseumContent.AskAsync($"{story} Who painted the Mona Lisa?");
        Assert.True(evidence.Grounded);
        Assert.Contains("Leonardo", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("When was it painted?")]
    [InlineData("它是什么时候画的？")]
    public async Task Without_anything_spoken_of_it_is_asked_back(string ask)
    {
        var (_, evidence, _) = await MuseumContent.AskAsync(ask);
        Assert.False(evidence.Grounded);
        Assert.True(evidence.WhichOne);
    }

    [Theory]
    [InlineData("Hello!", (int)SmallTalkKind.Greeting)]
    [InlineData("hi there", (int)SmallTalkKind.Greeting)]
    [InlineData("你好", (int)SmallTalkKind.Greeting)]
    [InlineData("Thank you very much.", (int)SmallTalkKind.Thanks)]
    [InlineData("谢谢你", (int)SmallTalkKind.Thanks)]
    [InlineData("Goodbye", (int)SmallTalkKind.Farewell)]
    [InlineData("What can you do?", (int)SmallTalkKind.Abilities)]
    [InlineData("你能做什么？", (int)SmallTalkKind.Abilities)]
    [InlineData("What is in hall 3?", (int)SmallTalkKind.Hall)]
    [InlineData("三号展厅有什么？", (int)SmallTalkKind.Hall)]
    [InlineData("Who painted the hall?", (int)SmallTalkKind.None)]
    [InlineData("Hello, who painted Guernica?", (int)SmallTalkKind.None)]
    [InlineData("今天天气怎么样？", (int)SmallTalkKind.None)]
    public async Task Conversation_is_told_from_questions(string text, int kind) =>
        Assert.Equal((SmallTalkKind)kind, SmallTalkReader.Read(Parser.Parse(text, null, [], await MuseumContent.IndexAsync())).Kind);

    private static async Task<string> FirstMentionAsync(string text)
    {
        var index = await MuseumContent.IndexAsync();
        return index.Exhibits[Parser.Parse(text, null, [], index).Mentions[0].Exhibits[0]].Id;
    }
}

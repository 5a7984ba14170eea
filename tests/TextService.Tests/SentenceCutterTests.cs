using Museum.TextService.Sentences;

namespace TextService.Tests;

public sealed class SentenceCutterTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("It is 73.7 centimetres high. It is wide.", "It is 73.7 centimetres high.|It is wide.")]
    [InlineData("Pi is 3.14 and no more", "Pi is 3.14 and no more")]
    [InlineData("Dr. Carter met Mr. Evans in St. Petersburg. They spoke.", "Dr. Carter met Mr. Evans in St. Petersburg.|They spoke.")]
    [InlineData("J. M. W. Turner painted it. He was English.", "J. M. W. Turner painted it.|He was English.")]
    [InlineData("Works by J.M.W. Turner hang here. Look.", "Works by J.M.W. Turner hang here.|Look.")]
    [InlineData("Gold, e.g. Roman coins, shines. See?", "Gold, e.g. Roman coins, shines.|See?")]
    [InlineData("It was made c. 1503 in Florence. Then it moved.", "It was made c. 1503 in Florence.|Then it moved.")]
    [InlineData("This is No. 5 of them. No. That is wrong.", "This is No. 5 of them.|No.|That is wrong.")]
    [InlineData("Wait... what? Well... Nobody knows.", "Wait... what?|Well...|Nobody knows.")]
    [InlineData("He said “Go.” She went.", "He said “Go.”|She went.")]
    [InlineData("He said \"Go.\" She went.", "He said \"Go.\"|She went.")]
    [InlineData("It hangs in Paris (in the Louvre. Really). Go there.", "It hangs in Paris (in the Louvre. Really).|Go there.")]
    [InlineData("Really?! Yes.", "Really?!|Yes.")]
    [InlineData("It dates from 196 BC. A priest wrote it.", "It dates from 196 BC.|A priest wrote it.")]
    [InlineData("Napoleon I. Bonaparte came", "Napoleon I.|Bonaparte came")]
    [InlineData("The U.S. army left. It was over.", "The U.S. army left.|It was over.")]
    [InlineData("First line\nSecond line", "First line|Second line")]
    [InlineData("One.\n\nTwo.", "One.|Two.")]
    [InlineData("It lives on www.example.org as well. Good.", "It lives on www.example.org as well.|Good.")]
    public void English_is_cut_at_the_end_of_its_sentences(string text, string expected) => Assert.Equal(expected.Split('|'), SentenceCutter.Cut(text, CutRules.Speech));

    [Theory]
    [InlineData("《星月夜》是梵高画的。它很有名！你知道吗？", "《星月夜》是梵高画的。|它很有名！|你知道吗？")]
    [InlineData("高73.7厘米。宽92.1厘米。", "高73.7厘米。|宽92.1厘米。")]
    [InlineData("他说：“看见星星。”然后他画了。", "他说：“看见星星。”|然后他画了。")]
    [InlineData("《你好。再见》是一本书。好看。", "《你好。再见》是一本书。|好看。")]
    [InlineData("这是一；那是二。", "这是一；|那是二。")]
    [InlineData("我不知道这件事情……也许吧。", "我不知道这件事情……|也许吧。")]
    [InlineData("真的吗？！是的。", "真的吗？！|是的。")]
    [InlineData("他去了巴黎（法国。）然后回来。", "他去了巴黎（法国。）|然后回来。")]
    [InlineData("它叫“谜”。The Enigma. 完。", "它叫“谜”。|The Enigma.|完。")]
    [InlineData("最后一句没有标点", "最后一句没有标点")]
    public void Chinese_is_cut_at_its_marks(string text, string expected) => Assert.Equal(expected.Split('|'), SentenceCutter.Cut(text, CutRules.Speech));

    [Fact]
    public void A_long_first_sentence_is_cut_at_a_clause_so_that_the_voice_can_begin()
    {
        const string Text = "Van Gogh painted The Starry Night in June 1889, while he was a patient at the asylum of Saint-Paul-de-Mausole near Saint-Rémy in southern France. The hills are real.";
        var pieces = SentenceCutter.Cut(Text, CutRules.Speech);
        Assert.Equal("Van Gogh painted The Starry Night in June 1889,", pieces[0]);
        Assert.Equal("The hills are real.", pieces[^1]);
    }

    [Fact]
    public void Later_sentences_stay_whole_up_to_the_longest_piece()
    {
        const string Later = "Van Gogh painted The Starry Night in June 1889, while he was a patient at the asylum of Saint-Paul-de-Mausole near Saint-Rémy in southern France.";
        Assert.Equal(["Yes.", Later], SentenceCutter.Cut("Yes. " + Later, CutRules.Speech));
    }

    [Fact]
    public void A_long_first_sentence_in_Chinese_is_cut_earlier()
    {
        const string Text = "蒙娜丽莎的微笑时隐时现，是因为达·芬奇用了晕涂法，让嘴角和眼角的阴影层层化开，不留轮廓线，看上去像在微笑。";
        var pieces = SentenceCutter.Cut(Text, CutRules.Speech);
        Assert.True(pieces.Count > 1);
        Assert.EndsWith("，", pieces[0], StringComparison.Ordinal);
        Assert.Equal(Text, string.Concat(pieces));
    }

    [Fact]
    public void Prose_is_not_cut_at_clauses_or_semicolons()
    {
        var text = string.Concat(Enumerable.Repeat("one thing, another; ", 40)) + "end.";
        Assert.Equal([text], SentenceCutter.Cut(text, CutRules.Prose));
    }

    [Fact]
    public void A_text_without_any_mark_is_cut_before_it_gets_endless()
    {
        var cutter = new SentenceCutter(CutRules.Speech);
        var pieces = cutter.Push(new string('a', 5000));
        Assert.NotEmpty(pieces);
        Assert.All(pieces, p => Assert.InRange(p.Length, 1, 800));
    }

    [Fact]
    public void A_sentence_is_ready_as_soon_as_the_next_one_begins()
    {
        var cutter = new SentenceCutter(CutRules.Speech);
        Assert.Empty(cutter.Push("It is blue."));
        Assert.Empty(cutter.Push(" "));
        Assert.Equal(["It is blue. "], cutter.Push("I"));
        Assert.Equal("I", cutter.Flush());
        Assert.Null(cutter.Flush());
    }

    // The alphabet holds everything the rules look at; the seeds make it the same on every run.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nothing_is_lost_and_the_chunks_do_not_matter(int seed)
    {
        var random = new Random(seed);
        string[] parts = ["a", "Word", " ", ". ", ".", "3.14", "Dr. ", "! ", "?", "…", "……", "。", "！", "；", "; ", "，", ", ", "《", "》", "“", "”", "(", ")", "\n", "星", "月夜", "J. M. ", "\"", "'", "😀"];
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => parts[random.Next(parts.Length)]));
            var whole = Pieces(text, text.Length);
            Assert.Equal(text, string.Concat(whole));
            Assert.Equal(whole, Pieces(text, random.Next(1, 9)));
        }
    }

    private static List<string> Pieces(string text, int chunk)
    {
        var cutter = new SentenceCutter(CutRules.Speech);
        var pieces = new List<string>();
        for (var at = 0; at < text.Length; at += chunk)
        {
            pieces.AddRange(cutter.Push(text.AsSpan(at, Math.Min(chunk, text.Length - at))));
        }

        if (cutter.Flush() is { } rest)
        {
            pieces.Add(rest);
        }

        return pieces;
    }
}

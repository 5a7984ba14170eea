using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>A model that breaks off, stalls or is cut off in the middle: the visitor still gets a whole answer, in order, and nothing twice.</summary>
public sealed class BrokenOffTests
{
    private const string Question = "Who painted The Scream?";
    private const string Began = "Munch did so in Norway, they say.";

    public static TheoryData<string> Ends => ["break", "stall", "length", "vanish"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_a_model_left_unsaid_the_curators_sentences_say(string end)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, Began + " It is", end, heard.Task));
        await using var service = await StartAsync(model, ("Llm:StallSeconds", "0.5"));
        var parts = await AskAsync(service, Question, heard);
        var sentences = Sentences(parts);
        Assert.Equal(Began, sentences[0]);
        Assert.Contains("Edvard Munch", sentences[1], StringComparison.Ordinal);
        Assert.DoesNotContain(sentences, s => s.StartsWith("It is", StringComparison.Ordinal) && s.Length < 8);
        AssertWhole(parts);
        Assert.Equal(("scripted", FinishReason.Complete), (parts[^1].Done.Composer, parts[^1].Done.Reason));
        Assert.Single(model.Requests);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_it_has_said_is_not_said_again(string end)
    {
        await using var probe = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        var whole = (string)(await probe.AskAsync(Question))["answer"]!;
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, whole + " And th", end, heard.Task));
        await using var service = await StartAsync(model, ("Llm:StallSeconds", "0.5"));
        var parts = await AskAsync(service, Question, heard);
        Assert.Equal(whole, string.Join(' ', Sentences(parts)));
        AssertWhole(parts);
    }

    [Theory]
    [InlineData("en", Question, "Edvard Munch")]
    [InlineData("zh", "《呐喊》是谁画的？", "蒙克")]
    public async Task Of_half_a_sentence_nothing_is_heard_and_extraction_answers_alone(string language, string question, string fact)
    {
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, language == "zh" ? "这幅画是" : "The painter was", "vanish"));
        await using var service = await StartAsync(model);
        var parts = await AskAsync(service, question);
        Assert.Contains(fact, Sentences(parts)[0], StringComparison.Ordinal);
        Assert.Equal(("extraction", language, true), (parts[^1].Done.Composer, parts[^1].Done.Language, parts[^1].Done.Grounded));
        AssertWhole(parts);
    }

    [Fact]
    public async Task A_last_sentence_that_is_whole_stays_though_nobody_knows_how_the_model_ended()
    {
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, "The Scream was painted by Edvard Munch in 1893.", "vanish"));
        await using var service = await StartAsync(model);
        Assert.Equal(["The Scream was painted by Edvard Munch in 1893."], Sentences(await AskAsync(service, Question)));
    }

    [Fact]
    public async Task When_the_texts_have_nothing_to_add_the_answer_still_ends_well()
    {
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, "Our texts don’t say, and I won’t guess. You co", "vanish"));
        await using var service = await StartAsync(model);
        var parts = await AskAsync(service, "What did Munch eat that night in Timbuktu?");
        Assert.Equal(["Our texts don’t say, and I won’t guess.", "Perhaps you would like to ask me something else?"], Sentences(parts));
        Assert.False(parts[^1].Done.Grounded);
    }

    [Fact]
    public async Task An_answer_that_was_completed_is_not_kept()
    {
        await using var model = await ScriptedModel.StartAsync(reply => EndAsync(reply, Began + " It is", "vanish"), ScriptedModel.Says("The Scream was painted by Edvard Munch."));
        await using var service = await StartAsync(model);
        await AskAsync(service, Question);
        Assert.Equal(["The Scream was painted by Edvard Munch."], Sentences(await AskAsync(service, Question)));
    }

    private static async Task EndAsync(ScriptedModel.Reply reply, string text, string how, Task? heard = null)
    {
        await reply.TextAsync(text);
        switch (how)
        {
            case "break":
                // A connection that is reset takes with it what was not read yet.
                await heard!.SoonAsync();
                await reply.BreakAsync();
                break;
            case "stall":
                await reply.HangAsync();
                break;
            case "length":
                await reply.EndAsync("length");
                break;
        }
    }

    private static async Task<List<ConverseResponse>> AskAsync(RunningService service, string question, TaskCompletionSource? heard = null)
    {
        using var call = await OpenAsync(service, question);
        List<ConverseResponse> parts = [await call.UntilAsync(Kind.Delta)];
        heard?.TrySetResult();
        parts.AddRange(await call.RestAsync());
        return parts;
    }

    private static List<string> Sentences(IEnumerable<ConverseResponse> parts) => [.. parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Text)];

    /// <summary>The sentences are numbered without gaps, none comes twice, and the deltas are the same text.</summary>
    private static void AssertWhole(List<ConverseResponse> parts)
    {
        var sentences = Sentences(parts);
        Assert.Equal(Enumerable.Range(0, sentences.Count), parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Sequence));
        Assert.Equal(sentences.Distinct(), sentences);
        var written = string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text));
        Assert.Equal(string.Concat(sentences).Replace(" ", "", StringComparison.Ordinal), written.Replace(" ", "", StringComparison.Ordinal));
    }
}

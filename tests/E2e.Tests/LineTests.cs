using Museum.TestKit;

namespace Museum.E2e.Tests;

[Collection(BrowserCollection.Name)]
public sealed class LineTests(Browser browser)
{
    private const string Question = "Who painted The Starry Night?";

    [Fact]
    public async Task A_lost_connection_comes_back_by_itself_and_the_answer_goes_on_where_it_was()
    {
        await using var line = new BrokenLine(browser.Suite.Address);
        await using var visitor = await browser.OpenAsync(new Visit(), line.Address);
        await visitor.AskAsync(Question);
        await visitor.VoiceAsync("playing");

        // In mid-answer: nothing of it may be lost, and nothing come twice.
        line.Cut();
        await Eventually.TrueAsync(() => line.Refused > 0, "the page tries to come back");
        line.Mend();
        await visitor.Part("suggestion").First.WaitForAsync();
        var resumed = await visitor.Part("answer").Last.InnerTextAsync();

        // And between two questions: said in words, until it is well again.
        line.Cut();
        await visitor.Sees("status").ToContainTextAsync("Picking up the thread");
        line.Mend();
        await visitor.Sees("status").Not.ToContainTextAsync("Picking up the thread");
        await visitor.AskAsync(Question);
        await visitor.VoiceAsync("playing");
        await visitor.Part("suggestion").First.WaitForAsync();
        Assert.Equal(await visitor.Part("answer").Last.InnerTextAsync(), resumed);
    }
}

using Museum.TestKit;

namespace Museum.E2e.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ExhibitLifeTests(Browser browser)
{
    [Fact]
    public async Task What_a_curator_writes_is_told_to_visitors_once_it_is_published_and_named_as_the_source()
    {
        const string question = "Who made the Lantern of Brackwater?";
        await using var visitor = await browser.OpenAsync("en-GB");
        await using var desk = await DeskPage.SignInAsync(browser, new Visit());

        await desk.Page.Part("nav-exhibits").ClickAsync();
        await desk.Page.Part("new-exhibit").ClickAsync();
        await desk.FillAsync("title-en", "Lantern of Brackwater");
        await desk.FillAsync("title-zh", "布莱克沃特灯笼");
        await desk.Page.Part("add-en").First.ClickAsync();
        await desk.FillAsync("body-en-0-heading", "Who made it");
        await desk.FillAsync("body-en-0-text", "The Lantern of Brackwater was made by the tinsmith Ottilie Marsh in 1887. It hung over the ferry landing for forty years.");
        await desk.DoAsync("save", "Saved.");
        await visitor.AskAsync(question);
        await visitor.Part("suggestion").First.WaitForAsync();
        await visitor.Sees("answer").Not.ToContainTextAsync("Ottilie Marsh");

        await desk.DoAsync("submit", "In review now.");
        await desk.DoAsync("publish", "Published.");
        // Within a second every replica tells it; until then the visitor asks again.
        await Eventually.TrueAsync(async () =>
        {
            await visitor.AskAsync(question);
            await visitor.Part("suggestion").First.WaitForAsync();
            return (await visitor.Part("answer").Last.InnerTextAsync()).Contains("Ottilie Marsh", StringComparison.Ordinal);
        });
        await visitor.SeesFirst("source").ToContainTextAsync("Lantern of Brackwater");
        Assert.Empty(desk.Page.Complaints);
        Assert.Empty(visitor.Complaints);
    }
}

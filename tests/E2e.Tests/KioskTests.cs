namespace Museum.E2e.Tests;

[Collection(BrowserCollection.Name)]
public sealed class KioskTests(Browser browser)
{
    private static readonly Visit Kiosk = new() { Path = "/kiosk", Width = 1080, Height = 1920 };

    [Fact]
    public async Task A_kiosk_asks_whether_somebody_is_still_there_and_then_waits_for_the_next_visitor()
    {
        // The page's own clock is the test's, so that a minute passes at once.
        await using var visitor = await browser.OpenAsync(Kiosk with { Before = page => page.Clock.InstallAsync() });
        await visitor.Part("attract").WaitForAsync();
        await visitor.Part("begin-en").ClickAsync();
        await visitor.Part("kiosk-room").WaitForAsync();
        await visitor.AskAsync("Who painted the Mona Lisa?");
        await visitor.Part("suggestion").First.WaitForAsync();

        // Asked after 45 s; a visitor, and a busy machine, have 15 to answer.
        await visitor.Page.Clock.FastForwardAsync(46_000);
        await visitor.Sees("still-here").ToContainTextAsync("Still here?");
        await visitor.Part("i-am-here").ClickAsync();
        await visitor.Sees("still-here").ToBeHiddenAsync();
        await visitor.Sees("answer").ToContainTextAsync("Leonardo");

        await visitor.Page.Clock.FastForwardAsync(46_000);
        await visitor.Part("still-here").WaitForAsync();
        await visitor.Page.Clock.FastForwardAsync(20_000);
        await visitor.Part("attract").WaitForAsync();
        await visitor.Part("begin-zh").ClickAsync();
        await visitor.Part("kiosk-room").WaitForAsync();
        await visitor.Sees("answer").ToHaveCountAsync(0);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Nothing_leads_out_of_a_kiosk_and_axe_finds_nothing_in_it()
    {
        await using var visitor = await browser.OpenAsync(Kiosk);
        await visitor.Part("attract").WaitForAsync();
        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"));
        var found = new List<string>(await Axe.LookAsync(visitor.Page, "attract"));

        await visitor.Part("begin-zh").ClickAsync();
        await visitor.Part("kiosk-room").WaitForAsync();
        found.AddRange(await Axe.LookAsync(visitor.Page, "the kiosk's room"));
        await visitor.AskAsync("《星月夜》是谁画的？");
        await visitor.Part("suggestion").First.WaitForAsync();
        found.AddRange(await Axe.LookAsync(visitor.Page, "answered"));
        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
    }
}

using Microsoft.Playwright;

namespace Museum.E2e.Tests;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Browser browser)
{
    [Theory]
    [InlineData("en-GB", "Who painted The Starry Night?", 1280, 800)]
    [InlineData("zh-CN", "《星月夜》是谁画的？", 390, 844)]
    public async Task Axe_finds_nothing_on_the_visitors_page_in_any_state(string locale, string question, int width, int height)
    {
        await using var visitor = await browser.OpenAsync(new Visit { Locale = locale, Width = width, Height = height });
        var found = new List<string>(await Axe.LookAsync(visitor.Page, "before the first question"));

        await visitor.AskAsync(question);
        await visitor.VoiceAsync("playing");
        found.AddRange(await Axe.LookAsync(visitor.Page, "speaking"));
        await visitor.VoiceAsync("idle");
        await visitor.Part("suggestion").First.WaitForAsync();
        found.AddRange(await Axe.LookAsync(visitor.Page, "answered"));
        foreach (var sheet in new[] { "history", "settings", "open-source" })
        {
            await visitor.Part(sheet).First.ClickAsync();
            await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
            found.AddRange(await Axe.LookAsync(visitor.Page, sheet));
            await visitor.Page.Keyboard.PressAsync("Escape");
        }

        await visitor.Part("bead").ClickAsync();
        await visitor.Part("microphone-note").WaitForAsync();
        found.AddRange(await Axe.LookAsync(visitor.Page, "may I listen"));
        await visitor.Part("microphone-yes").ClickAsync();
        await visitor.Page.Locator("[data-note=help]").WaitForAsync();
        found.AddRange(await Axe.LookAsync(visitor.Page, "no microphone"));

        Assert.Empty(found);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Axe_finds_nothing_at_the_curators_desk()
    {
        await using var outside = await browser.OpenAsync("zh-CN", "/desk");
        await outside.Part("sign-in").WaitForAsync();
        var found = new List<string>(await Axe.LookAsync(outside.Page, "signing in"));

        await using var desk = await DeskPage.SignInAsync(browser, new Visit());
        foreach (var section in new[] { "today", "exhibits", "questions", "exchange", "rooms" })
        {
            await desk.Page.Part($"nav-{section}").ClickAsync();
            await desk.Page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            found.AddRange(await Axe.LookAsync(desk.Page.Page, section));
            await desk.Page.Part("language").ClickAsync();
            found.AddRange(await Axe.LookAsync(desk.Page.Page, section + ", other language"));
        }

        await desk.Page.Page.GotoAsync(new Uri(browser.Suite.Address, "/desk/exhibits/starry-night").ToString());
        await desk.Page.Part("title-en").WaitForAsync();
        found.AddRange(await Axe.LookAsync(desk.Page.Page, "editor"));
        await desk.Page.Part("language").ClickAsync();
        found.AddRange(await Axe.LookAsync(desk.Page.Page, "editor, other language"));
        Assert.Empty(found);
        Assert.Empty(desk.Page.Complaints);
    }

    [Theory]
    [InlineData("en-GB", "Who painted The Starry Night?")]
    [InlineData("zh-CN", "《星月夜》是谁画的？")]
    public async Task Nothing_runs_out_of_the_page_sideways_on_a_small_phone_with_large_text(string locale, string question)
    {
        await using var visitor = await browser.OpenAsync(new Visit
        {
            Locale = locale,
            Width = 360,
            Height = 640,
            Before = page => page.AddInitScriptAsync("localStorage.setItem('museum.text-size', 'largest')"),
        });
        await AssertNoSidewaysScrollAsync(visitor);
        await visitor.AskAsync(question);
        await visitor.Part("suggestion").First.WaitForAsync();
        await AssertNoSidewaysScrollAsync(visitor);
        await visitor.Part("settings").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await AssertNoSidewaysScrollAsync(visitor);
    }

    private static async Task AssertNoSidewaysScrollAsync(VisitorPage visitor) =>
        Assert.True(await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
}

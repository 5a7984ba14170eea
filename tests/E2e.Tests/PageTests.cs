using Microsoft.Playwright;
using Museum.TestKit;

namespace Museum.E2e.Tests;

[Collection(BrowserCollection.Name)]
public sealed class PageTests(Browser browser)
{
    [Theory]
    [InlineData("en-GB", "Who painted The Starry Night?", "Vincent van Gogh", "The Starry Night")]
    [InlineData("zh-CN", "《星月夜》是谁画的？", "梵高", "星月夜")]
    public async Task A_visitor_asks_in_writing_reads_the_answer_with_its_sources_hears_it_and_sees_the_mouth_move(string locale, string question, string fact, string title)
    {
        await using var visitor = await browser.OpenAsync(locale);
        await visitor.AskAsync(question);
        await Assertions.Expect(visitor.Part("answer").First).ToContainTextAsync(fact);
        await Assertions.Expect(visitor.Part("source").First).ToContainTextAsync(title);
        await visitor.VoiceAsync("playing");
        await visitor.WaitForAsync("() => !['sil', '', null].includes(document.querySelector('[data-testid=mouth]').dataset.viseme)");
        await visitor.VoiceAsync("idle");
        await visitor.WaitForAsync("() => document.querySelector('[data-testid=mouth]').dataset.viseme === 'sil'");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task The_browsers_language_decides_and_the_switch_changes_it()
    {
        await using var visitor = await browser.OpenAsync("zh-CN");
        Assert.StartsWith("zh", await visitor.Page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
        await visitor.Part("language").First.ClickAsync();
        await visitor.WaitForAsync("() => document.documentElement.lang.startsWith('en')");
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task What_the_texts_do_not_say_is_said_honestly_and_a_suggestion_leads_on()
    {
        await using var visitor = await browser.OpenAsync("en-GB");
        await visitor.AskAsync("How much is a ticket?");
        await Assertions.Expect(visitor.Part("answer").First).ToContainTextAsync("won’t guess");
        await visitor.Part("suggestion").First.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(visitor.Part("source").First).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task Words_are_marked_and_the_mouth_moves_while_the_sound_is_heard()
    {
        await using var visitor = await browser.OpenAsync(new Visit { Before = Ears.ListenAsync });
        await visitor.AskAsync("Tell me about the Terracotta Army.");
        await visitor.VoiceAsync("playing");
        await visitor.VoiceAsync("idle");

        var moments = await Ears.MomentsAsync(visitor);
        var loud = moments.Where(m => m.Loudness > 0.05).ToArray();
        // A busy machine draws three frames a second.
        Assert.True(loud.Length > 10, $"{loud.Length} of {moments.Length} frames were heard.");
        Assert.True(loud.Count(m => m.Viseme != "sil") > 0.7 * loud.Length, "The mouth is closed while there is sound.");
        Assert.True(loud.Select(m => m.Viseme).Distinct().Count() > 3, "The mouth opens and closes only.");
        Assert.Equal(moments.Select(m => m.Words).Order(), moments.Select(m => m.Words));
        Assert.True(moments.TakeWhile(m => m.Loudness < 0.001).All(m => m.Words <= 1), "Words are marked before they are said.");
        Assert.True(loud.Select(m => m.Words).Distinct().Count() > 5, "The words are not marked one after another.");
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("the button")]
    public async Task The_guide_is_silenced_at_once_by(string way)
    {
        await using var visitor = await browser.OpenAsync("en-GB");
        await visitor.AskAsync("Tell me about the Terracotta Army.");
        await visitor.VoiceAsync("playing");
        await (way == "Escape" ? visitor.Page.Keyboard.PressAsync("Escape") : visitor.Part("bead").ClickAsync());
        await visitor.VoiceAsync("idle");
        await visitor.AskAsync("Who painted The Starry Night?");
        await Assertions.Expect(visitor.Part("answer").Last).ToContainTextAsync("van Gogh");
        Assert.Empty(visitor.Complaints);
    }

    [Theory]
    [InlineData("en-GB", "Starry Night")]
    [InlineData("zh-CN", "星月夜")]
    public async Task A_link_to_an_exhibit_greets_with_its_name_and_its_own_questions(string locale, string title)
    {
        await using var visitor = await browser.OpenAsync(locale, "/e/starry-night");
        await visitor.Sees("exhibit").ToContainTextAsync(title);
        await visitor.Part("suggestion").First.GetByRole(AriaRole.Button).ClickAsync();
        await visitor.SeesFirst("source").ToContainTextAsync(title);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task The_page_says_in_words_that_the_voice_is_away_and_speaks_again_when_it_is_back()
    {
        await using var visitor = await browser.OpenAsync("en-GB");
        await visitor.AskAsync("Who painted The Starry Night?");
        await visitor.VoiceAsync("playing");
        await browser.Suite.StopAsync("audioservice");
        try
        {
            await Assertions.Expect(visitor.Part("status").First).ToContainTextAsync("voice is resting");
            await visitor.AskAsync("Who painted the Mona Lisa?");
            await Assertions.Expect(visitor.Part("answer").Last).ToContainTextAsync("Leonardo");
        }
        finally
        {
            await browser.Suite.StartAsync("audioservice");
        }

        // A process starts, finds its broker, and is looked at again; its first voice may still be too late for an answer.
        await Assertions.Expect(visitor.Part("status").First).Not.ToContainTextAsync("voice is resting");
        await Eventually.TrueAsync(async () =>
        {
            await visitor.AskAsync("Who painted The Starry Night?");
            await visitor.WaitForAsync("() => document.documentElement.dataset.voice === 'playing' || document.querySelector('[data-testid=suggestion]')");
            return await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.dataset.voice === 'playing'");
        });
    }
}

using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Museum.E2e.Tests;

/// <summary>What a visitor sees and does.</summary>
internal sealed class VisitorPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();

    public VisitorPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings on the console: none in normal use.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Types into the document's first textbox and presses Enter, as somebody does who sees no manual.</summary>
    public async Task AskAsync(string question)
    {
        var field = Page.GetByRole(AriaRole.Textbox).First;
        await field.FillAsync(question);
        await field.PressAsync("Enter");
    }

    public ILocator Part(string id) => Page.GetByTestId(id);

    public Task WaitForAsync(string script) => Page.WaitForFunctionAsync(script);

    /// <summary>Waits until the guide's voice sounds, or is silent again.</summary>
    public Task VoiceAsync(string state) => WaitForAsync($"() => document.documentElement.dataset.voice === '{state}'");

    public ILocatorAssertions Sees(string id) => Assertions.Expect(Part(id).Last);

    public ILocatorAssertions SeesFirst(string id) => Assertions.Expect(Part(id).First);

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}

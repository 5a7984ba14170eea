using System.Collections.Concurrent;
using Microsoft.Playwright;
using Museum.AppHost.Tests;
using Museum.TestKit;

namespace Museum.E2e.Tests;

/// <summary>Headless Chromium before the real suite.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public Suite Suite { get; } = new();

    public async Task InitializeAsync()
    {
        await Suite.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // Only so that headless Chromium's clock for sound runs without a sound card; the page itself waits for a gesture.
                "--autoplay-policy=user-gesture-required",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        await chromium!.CloseAsync();
        playwright!.Dispose();
        await Suite.DisposeAsync();
    }

    /// <summary>The page as a visitor with that language in the browser sees it; what it says to its console is kept.</summary>
    internal async Task<VisitorPage> OpenAsync(string locale, int width = 1280, int height = 800)
    {
        var context = await chromium!.NewContextAsync(new BrowserNewContextOptions { Locale = locale, ViewportSize = new ViewportSize { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Eventually.DefaultTimeout.TotalMilliseconds);
        var visitor = new VisitorPage(page);
        page.Console += (_, message) => visitor.Said(message.Type, message.Text);
        page.PageError += (_, error) => visitor.Said("error", error);
        await page.GotoAsync(Suite.Address.ToString());
        return visitor;
    }
}

/// <summary>What a visitor sees and does.</summary>
internal sealed class VisitorPage(IPage page) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> errors = new();

    public IPage Page => page;

    public IReadOnlyCollection<string> Errors => errors;

    public void Said(string type, string text)
    {
        if (type is "error" or "warning")
        {
            errors.Enqueue(text);
        }
    }

    /// <summary>Types into the document's first textbox and presses Enter, as somebody does who sees no manual.</summary>
    public async Task AskAsync(string question)
    {
        var field = page.GetByRole(AriaRole.Textbox).First;
        await field.FillAsync(question);
        await field.PressAsync("Enter");
    }

    public ILocator Part(string id) => page.GetByTestId(id);

    public Task WaitForAsync(string script) => page.WaitForFunctionAsync(script);

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}

using Microsoft.Playwright;
using Museum.AppHost.Tests;
using Museum.TestKit;

namespace Museum.E2e.Tests;

/// <summary>Headless Chromium before the real suite, one of each for all tests. Its microphone hears a recorded question, over and over.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>What Chromium's microphone hears: 25 s go by before it is asked again.</summary>
    internal const string AskedAloud = "Who painted the Mona Lisa?";

    private readonly string recording = Path.Combine(Path.GetTempPath(), $"museum-question-{Guid.NewGuid():N}.wav");
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public Suite Suite { get; } = new(records: null);

    public async Task InitializeAsync()
    {
        await Suite.InitializeAsync();
        var question = await Speech.SayAsync(Suite, AskedAloud);
        await File.WriteAllBytesAsync(recording, Speech.Wav([Speech.Silence(1), question, Speech.Silence(25)]));
        Assertions.SetDefaultExpectTimeout((float)Eventually.DefaultTimeout.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // The guide drawn in 2D: in the round it is drawn in software here, and takes the processor that the suite needs. web/tests look at it.
                "--disable-3d-apis",
                // As a visitor's browser: the page waits for a gesture. Who may listen is decided per context, by its permissions.
                "--autoplay-policy=user-gesture-required",
                "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={recording}",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        await chromium!.CloseAsync();
        playwright!.Dispose();
        await Suite.DisposeAsync();
        File.Delete(recording);
    }

    /// <summary>The page as such a visitor sees it; what it says to its console is kept.</summary>
    internal async Task<VisitorPage> OpenAsync(Visit visit, Uri? address = null)
    {
        var context = await chromium!.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = visit.Locale,
            ViewportSize = new ViewportSize { Width = visit.Width, Height = visit.Height },
            ColorScheme = visit.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Permissions = visit.Microphone ? ["microphone"] : [],
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Eventually.DefaultTimeout.TotalMilliseconds);
        var visitor = new VisitorPage(page);
        if (visit.Before is { } before)
        {
            await before(page);
        }

        await page.GotoAsync(new Uri(address ?? Suite.Address, visit.Path).ToString());
        return visitor;
    }

    internal Task<VisitorPage> OpenAsync(string locale, string path = "/") => OpenAsync(new Visit { Locale = locale, Path = path });
}

/// <summary>Who comes, with what screen, to which address of the page.</summary>
internal sealed record Visit
{
    public string Locale { get; init; } = "en-GB";

    public string Path { get; init; } = "/";

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public bool Dark { get; init; }

    /// <summary>Whether the visitor lets the page listen.</summary>
    public bool Microphone { get; init; }

    /// <summary>Done before the page loads.</summary>
    public Func<IPage, Task>? Before { get; init; }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}

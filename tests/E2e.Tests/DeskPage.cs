using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Museum.E2e.Tests;

/// <summary>The curator's desk, as the suite's first account sees it.</summary>
internal sealed class DeskPage(VisitorPage page) : IAsyncDisposable
{
    public VisitorPage Page => page;

    public static async Task<DeskPage> SignInAsync(Browser browser, Visit visit)
    {
        var data = browser.Suite.App.Services.GetRequiredService<IConfiguration>()["Aspire:Store:Path"]!;
        var password = await File.ReadAllTextAsync(Path.Combine(data, "first-password"));
        var desk = new DeskPage(await browser.OpenAsync(visit with { Path = "/desk" }));
        await desk.Page.Page.Locator("[name=account]").FillAsync("admin");
        await desk.Page.Page.Locator("[name=password]").FillAsync(password.Trim());
        await desk.Page.Page.Locator("[name=password]").PressAsync("Enter");
        await desk.Page.Part("nav-exhibits").WaitForAsync();
        return desk;
    }

    public Task FillAsync(string field, string text) => page.Part(field).FillAsync(text);

    /// <summary>Presses, and waits until the desk tells what came of it.</summary>
    public async Task DoAsync(string button, string told)
    {
        await page.Part(button).ClickAsync();
        await page.Sees("told").ToContainTextAsync(told);
    }

    public async ValueTask DisposeAsync() => await page.DisposeAsync();
}

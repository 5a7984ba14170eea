using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class MetricsTests : DataFolder
{
    [Fact]
    public async Task A_scraper_finds_what_every_service_owes_it()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        await service.VisitorAsync();
        await MetricsPage.CheckAsync(service.Client);
    }
}

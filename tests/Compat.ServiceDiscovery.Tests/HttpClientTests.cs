using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.DiscoveryTests;

public sealed class HttpClientTests : IAsyncLifetime
{
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private NamedServer _a = null!;
    private NamedServer _b = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        (_a, _b) = (await NamedServer.StartAsync("a"), await NamedServer.StartAsync("b"));
        var services = new ServiceCollection().AddSingleton<IConfiguration>(_configuration).AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        _services = services.AddHttpClient().BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Theory]
    [InlineData("services:text:http:0", "http://text/p?q=1")]
    [InlineData("services:text:http", "http://text/p?q=1")]
    [InlineData("Services:TEXT:default:0", "http://text/p?q=1")]
    [InlineData("services:text:admin:0", "http://_admin.text/p?q=1")]
    [InlineData("services:text:http:0", "https+http://text/p?q=1")]
    public async Task A_name_leads_to_the_configured_address(string key, string url)
    {
        _configuration[key] = _a.Address;

        Assert.Equal("a /p?q=1", await GetAsync(url));
    }

    [Fact]
    public async Task An_address_may_have_no_scheme()
    {
        _configuration["services:text:http:0"] = $"127.0.0.1:{_a.Port}";

        Assert.Equal("a /p", await GetAsync("http://text/p"));
    }

    [Fact]
    public async Task The_default_endpoint_comes_before_the_scheme()
    {
        _configuration["services:text:http:0"] = _a.Address;
        _configuration["services:text:default:0"] = _b.Address;

        Assert.Equal("b /", await GetAsync("http://text/"));
    }

    [Fact]
    public async Task Several_addresses_take_turns()
    {
        _configuration["services:text:http:0"] = _a.Address;
        _configuration["services:text:http:1"] = _b.Address;
        var answers = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            answers.Add(await GetAsync("http://text/"));
        }

        Assert.Equal(5, answers.Count(answer => answer == "a /"));
        Assert.Equal(5, answers.Count(answer => answer == "b /"));
    }

    [Fact]
    public async Task What_is_not_configured_is_asked_by_its_own_name()
    {
        Assert.Equal("b /", await GetAsync($"http://localhost:{_b.Port}/"));
        Assert.Equal("b /", await GetAsync($"http://127.0.0.1:{_b.Port}/"));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("http://nobody.invalid/"));
    }

    [Fact]
    public async Task A_change_of_configuration_is_followed()
    {
        _configuration["services:text:http:0"] = _a.Address;
        Assert.Equal("a /", await GetAsync("http://text/"));
        _configuration["services:text:http:0"] = _b.Address;
        _configuration.Reload();

        await Eventually.TrueAsync(async () => await GetAsync("http://text/") == "b /");
    }

    [Fact]
    public async Task A_request_keeps_its_own_uri()
    {
        _configuration["services:text:http:0"] = _a.Address;
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://text/kept");
        using var client = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var response = await client.SendAsync(request).SoonAsync();

        Assert.Equal("http://text/kept", request.RequestUri!.ToString());
    }

    private async Task<string> GetAsync(string url)
    {
        using var client = _services.GetRequiredService<IHttpClientFactory>().CreateClient();
        return await client.GetStringAsync(new Uri(url)).SoonAsync();
    }
}

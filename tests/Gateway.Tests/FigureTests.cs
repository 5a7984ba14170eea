using System.Net;
using System.Text.Json;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class FigureTests : IDisposable
{
    private readonly string mounted = Directory.CreateTempSubdirectory("museum-figure-").FullName;

    private string Figure => Path.Combine(mounted, "our guide.vrm");

    public void Dispose() => Directory.Delete(mounted, recursive: true);

    [Fact]
    public async Task A_museum_without_a_figure_says_so_and_the_page_shows_its_own()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();

        Assert.Null(await AddressAsync(gateway));
        await Problem.AssertAsync(await gateway.Client.GetAsync(gateway.Address + "/figure/guide.glb"), HttpStatusCode.NotFound, "not_found", "client");
    }

    [Fact]
    public async Task The_museums_figure_is_served_to_everyone_under_an_address_that_may_be_kept()
    {
        File.WriteAllText(Figure, "glTF");
        await using var gateway = await StartAsync();

        var address = await AddressAsync(gateway);
        var response = await gateway.Client.GetAsync(gateway.Address + address);

        Assert.StartsWith("/figure/our%20guide.vrm?v=", address, StringComparison.Ordinal);
        Assert.Equal("glTF", await response.Content.ReadAsStringAsync());
        Assert.Equal("model/gltf-binary", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_figure_that_comes_later_or_changes_is_the_guide_of_the_next_visitor()
    {
        await using var gateway = await StartAsync();
        Assert.Null(await AddressAsync(gateway));

        File.WriteAllText(Figure, "glTF");
        var first = await AddressAsync(gateway);
        File.WriteAllText(Figure, "glTF, and a hat");

        Assert.NotNull(first);
        Assert.NotEqual(first, await AddressAsync(gateway));
    }

    [Theory]
    [InlineData("secret.vrm")]
    [InlineData("..%2Fsecret.vrm")]
    [InlineData("our%20guide.vrm%2F..%2Fsecret.vrm")]
    public async Task Nothing_else_of_the_folder_is_served(string name)
    {
        File.WriteAllText(Figure, "glTF");
        File.WriteAllText(Path.Combine(mounted, "secret.vrm"), "not for visitors");
        await using var gateway = await StartAsync();

        var response = await gateway.Client.GetAsync($"{gateway.Address}/figure/{name}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Asking_for_it_counts_towards_no_limit()
    {
        File.WriteAllText(Figure, "glTF");
        await using var gateway = await StartAsync(new() { ["RateLimit:PermitLimit"] = "1" });

        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await AddressAsync(gateway));
        }
    }

    [Fact]
    public async Task What_is_no_figure_is_refused_when_the_gateway_starts()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["Gateway:Figure"] = "/etc/passwd" }));

        Assert.Contains("Gateway:Figure must name one .glb or .vrm file", failure.ToString(), StringComparison.Ordinal);
    }

    private Task<GatewayUnderTest> StartAsync(Dictionary<string, string>? more = null) =>
        GatewayUnderTest.StartAsync(settings: new Dictionary<string, string>(more ?? []) { ["Gateway:Figure"] = Figure });

    private static async Task<string?> AddressAsync(GatewayUnderTest gateway)
    {
        using var settings = JsonDocument.Parse(await gateway.Client.GetStringAsync(new Uri(gateway.Address + "/page.json")));
        return settings.RootElement.TryGetProperty("figure", out var figure) ? figure.GetString() : null;
    }
}

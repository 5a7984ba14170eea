using System.Net;
using System.Net.Http.Headers;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class SiteTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("museum-site-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/e/starry-night")]
    [InlineData("/settings")]
    [InlineData("/e/starry-night/more")]
    public async Task Every_address_of_the_page_is_the_page_and_asked_for_each_time(string path)
    {
        Build();
        await using var gateway = await StartAsync();

        var response = await gateway.Client.SendAsync(Browse(path));

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>guide</title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task A_file_with_a_hash_in_its_name_is_kept_for_ever_and_travels_compressed()
    {
        Build();
        await using var gateway = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-4f2a.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        var response = await gateway.Client.SendAsync(request);

        Assert.Contains("br", response.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_404_and_never_the_page()
    {
        Build();
        await using var gateway = await StartAsync();

        await Problem.AssertAsync(await gateway.Client.SendAsync(Browse("/assets/gone.js")), HttpStatusCode.NotFound, "not_found", "client");
        await Problem.AssertAsync(await gateway.Client.SendAsync(Browse("/.env")), HttpStatusCode.NotFound, "not_found", "client");
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Client.SendAsync(Browse("/api/unknown"))).StatusCode);
    }

    [Fact]
    public async Task Before_it_is_built_the_page_says_how_to_build_it_and_then_it_is_there()
    {
        await using var gateway = await StartAsync();

        var missing = await gateway.Client.SendAsync(Browse("/"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, missing.StatusCode);
        Assert.Contains("./museum run", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Build();
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.SendAsync(Browse("/"))).StatusCode);
    }

    private Task<GatewayUnderTest> StartAsync() =>
        GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["Gateway:WebRoot"] = Path.Combine(root, "dist") });

    private void Build()
    {
        Directory.CreateDirectory(Path.Combine(root, "dist", "assets"));
        File.WriteAllText(Path.Combine(root, "dist", ".env"), "SECRET=1");
        File.WriteAllText(Path.Combine(root, "dist", "assets", "index-4f2a.js"), string.Concat(Enumerable.Repeat("console.log('guide');", 200)));
        File.WriteAllText(Path.Combine(root, "dist", "index.html"), "<!doctype html><title>guide</title>");
    }

    private static HttpRequestMessage Browse(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        return request;
    }
}

using System.Net;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class SiteTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("museum-site-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/e/starry-night")]
    [InlineData("/kiosk")]
    [InlineData("/kiosk/e/starry-night")]
    [InlineData("/desk")]
    [InlineData("/desk/exhibits/starry-night")]
    [InlineData("/somewhere")]
    public async Task Every_address_of_the_page_is_the_page_and_asked_for_each_time(string path)
    {
        Build();
        await using var gateway = await StartAsync();

        var response = await gateway.Client.SendAsync(Browse(path));

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>guide</title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br", "smaller")]
    [InlineData("gzip, deflate", "gzip", "small")]
    [InlineData("br;q=0, gzip", "gzip", "small")]
    [InlineData("identity", null, "guide")]
    [InlineData(null, null, "guide")]
    public async Task A_client_gets_the_smallest_form_of_a_script_that_it_accepts(string? accepts, string? encoding, string content)
    {
        Build();
        await using var gateway = await StartAsync();

        var response = await GetAsync(gateway, "/assets/index-4f2a.js", accepts);

        Assert.Equal(encoding is null ? [] : [encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains(content, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Fact]
    public async Task Forms_of_a_file_are_different_things_to_a_cache()
    {
        Build();
        await using var gateway = await StartAsync();

        var small = await GetAsync(gateway, "/assets/index-4f2a.js", "br");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/assets/index-4f2a.js");
        again.Headers.IfNoneMatch.Add(small.Headers.ETag!);

        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.SendAsync(again)).StatusCode);
        again.Dispose();
        using var same = new HttpRequestMessage(HttpMethod.Get, "/assets/index-4f2a.js");
        same.Headers.IfNoneMatch.Add(small.Headers.ETag!);
        same.Headers.AcceptEncoding.ParseAdd("br");
        Assert.Equal(HttpStatusCode.NotModified, (await gateway.Client.SendAsync(same)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/index-4f2a.js", "text/javascript", "public, max-age=31536000, immutable")]
    [InlineData("/assets/guide-77aa.glb", "model/gltf-binary", "public, max-age=31536000, immutable")]
    [InlineData("/sw.js", "text/javascript", "no-cache")]
    [InlineData("/manifest.webmanifest", "application/manifest+json", "no-cache")]
    [InlineData("/favicon.svg", "image/svg+xml", "public, max-age=3600")]
    public async Task A_file_is_kept_as_long_as_its_name_promises(string path, string type, string caching)
    {
        Build();
        await using var gateway = await StartAsync();

        var response = await GetAsync(gateway, path);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(caching, response.Headers.GetValues("Cache-Control").Single());
    }

    [Theory]
    [InlineData("/assets/gone.js")]
    [InlineData("/assets/gone")]
    [InlineData("/workbox-0000.js")]
    [InlineData("/.env")]
    public async Task A_file_that_is_not_there_is_404_and_never_the_page(string path)
    {
        Build();
        await using var gateway = await StartAsync();

        await Problem.AssertAsync(await gateway.Client.SendAsync(Browse(path)), HttpStatusCode.NotFound, "not_found", "client");
    }

    [Theory]
    [InlineData("/api/unknown")]
    [InlineData("/ws/unknown")]
    public async Task What_is_no_service_is_not_the_page_either(string path)
    {
        Build();
        await using var gateway = await StartAsync();

        var response = await gateway.Client.SendAsync(Browse(path));

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized, response.StatusCode.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
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
        Write("index.html", "<!doctype html><title>guide</title>");
        Write("assets/index-4f2a.js", "console.log('guide')");
        Write("assets/index-4f2a.js.br", "smaller");
        Write("assets/index-4f2a.js.gz", "small");
        Write("assets/guide-77aa.glb", "glTF");
        Write("sw.js", "self.skipWaiting()");
        Write("manifest.webmanifest", "{}");
        Write("favicon.svg", "<svg/>");
        Write(".env", "SECRET=1");
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(root, "dist", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static async Task<HttpResponseMessage> GetAsync(GatewayUnderTest gateway, string path, string? accepts = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        return await gateway.Client.SendAsync(request);
    }

    private static HttpRequestMessage Browse(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        return request;
    }
}

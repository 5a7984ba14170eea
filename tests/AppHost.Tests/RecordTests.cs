using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>Records in PostgreSQL, as <c>Parameters__postgres</c> gives it to <c>./museum run</c>.</summary>
[Collection(SuiteCollection.Name)]
public sealed class RecordTests(Suite suite)
{
    private static readonly object Kettle = new
    {
        title = new { en = "Kettle of Marrowby" },
        body = new { en = new[] { new { heading = "Who made it", paragraphs = new[] { "The Kettle of Marrowby was made by the coppersmith Ida Fenwick in 1862." } } } },
    };

    [Fact]
    public async Task What_a_curator_writes_goes_through_the_gateway_into_the_server_and_is_told_to_visitors()
    {
        await suite.CapabilityAsync("store", "ok");
        using var desk = await suite.ClientAsync(await SignInAsync());
        var id = (string)(await SendAsync(desk, "", new { document = Kettle }))["id"]!;
        await SendAsync(desk, $"/{id}/submit");
        await SendAsync(desk, $"/{id}/publish");

        using var visitor = await suite.ClientAsync();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await visitor.PostAsJsonAsync("/api/text/process", new { text = "Who made the Kettle of Marrowby?", language = "en" });
            return ((string?)(await response.Content.ReadFromJsonAsync<JsonObject>())?["answer"])?.Contains("Ida Fenwick", StringComparison.Ordinal) == true;
        });

        // A file would be there if they were in one.
        Assert.DoesNotContain(Directory.EnumerateFiles(DataFolder, "*.db", SearchOption.AllDirectories), f => f.StartsWith(Path.Combine(DataFolder, "text"), StringComparison.Ordinal));
    }

    private string DataFolder => suite.App.Services.GetRequiredService<IConfiguration>()["Aspire:Store:Path"]!;

    private async Task<string> SignInAsync()
    {
        using var http = new HttpClient { BaseAddress = suite.Address };
        var password = (await File.ReadAllTextAsync(Path.Combine(DataFolder, "first-password"))).Trim();
        using var response = await http.PostAsJsonAsync("/api/auth/login", new { account = "admin", password });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    private static async Task<JsonObject> SendAsync(HttpClient desk, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/curator/exhibits" + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await desk.SendAsync(request).SoonAsync();
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
    }
}

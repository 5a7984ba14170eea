using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TextService.Tests;

/// <summary>A curator at work.</summary>
internal sealed class Desk(HttpClient http)
{
    public HttpClient Http { get; } = http;

    public async Task<DeskAnswer> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("/api", StringComparison.Ordinal) ? path : "/api/curator/exhibits" + path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new DeskAnswer(response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [], response.Headers.ETag?.Tag);
    }

    public Task<DeskAnswer> ActAsync(string id, string action) => SendAsync(HttpMethod.Post, $"/{id}/{action}", null, "*");

    public async Task<JsonObject> PreviewAsync(string id, string question) => (await SendAsync(HttpMethod.Post, $"/{id}/preview", new { text = question })).Body;

    public async Task PublishAsync(object document)
    {
        var begun = await SendAsync(HttpMethod.Post, "", new { document });
        var id = (string)begun.Body["id"]!;
        await ActAsync(id, "submit");
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(id, "publish")).Status);
    }
}

internal sealed record DeskAnswer(HttpStatusCode Status, JsonObject Body, string? Tag);

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Museum.TestKit;

namespace TextService.Tests.Retrieval;

/// <summary>
/// A real server that speaks the embeddings protocol of OpenAI. What it knows of meaning is a list of groups of words that mean the same: one
/// dimension for each.
/// </summary>
public sealed class EmbeddingServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string[][] meanings;

    private EmbeddingServer(WebApplication app, string[][] meanings) => (this.app, this.meanings) = (app, meanings);

    /// <summary>For <c>Embeddings:BaseUrl</c>.</summary>
    public string BaseUrl => app.Urls.First() + "/v1";

    /// <summary>Every text that was sent.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    /// <summary>What is answered instead, when it is no 200.</summary>
    public int Status { get; set; } = 200;

    /// <summary>What is answered in place of vectors, with a 200.</summary>
    public string? Rubbish { get; set; }

    public static async Task<EmbeddingServer> StartAsync(params string[][] meanings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new EmbeddingServer(builder.Build(), meanings);
        server.app.MapPost("/v1/embeddings", server.EmbedAsync);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task EmbedAsync(HttpContext context)
    {
        var request = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        var texts = request["input"] is JsonArray many ? [.. many.Select(t => (string)t!)] : new[] { (string)request["input"]! };
        foreach (var text in texts)
        {
            Texts.Enqueue(text);
        }

        if (Status != 200)
        {
            context.Response.StatusCode = Status;
            await context.Response.WriteAsync("""{"error":{"message":"scripted"}}""");
            return;
        }

        if (Rubbish is not null)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Rubbish);
            return;
        }

        var packed = (string?)request["encoding_format"] == "base64";
        // Last first: the index alone says which is which.
        var data = texts.Index().Reverse().Select(t => (JsonNode)new JsonObject { ["object"] = "embedding", ["index"] = t.Index, ["embedding"] = Vector(t.Item, packed) });
        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["object"] = "list",
            ["model"] = "meanings",
            ["data"] = new JsonArray([.. data]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
        });
    }

    private JsonNode Vector(string text, bool packed)
    {
        float[] vector = [.. meanings.Select(words => words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 1f : 0f), 0.1f];
        return packed ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))) : new JsonArray([.. vector.Select(v => (JsonNode)v)]);
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>A Semantic Retrieval System somewhere else, on real Kestrel: it knows one vase, and fails or hangs when a test says so.</summary>
internal sealed class ExternalSrs : IAsyncDisposable
{
    private readonly WebApplication app;

    private ExternalSrs(WebApplication app) => this.app = app;

    public string BaseUrl => app.Urls.First() + "/api/v1";

    public bool IsWrapped { get; set; } = true;
    public bool Fails { get; set; }
    public bool Hangs { get; set; }
    public string? LastKey { get; private set; }
    public JsonNode? LastQuery { get; private set; }

    public static async Task<ExternalSrs> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var srs = new ExternalSrs(app);
        app.MapGet("/api/v1/health", () => srs.Fails ? Results.StatusCode(503) : Results.Json(new { status = "healthy" }));
        app.MapPost("/api/v1/search/retrieve", (Delegate)srs.RetrieveAsync);
        await app.StartAsync();
        return srs;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> RetrieveAsync(HttpContext context)
    {
        LastKey = context.Request.Headers["X-API-Key"];
        // Several are asked at the same time: each is answered by its own.
        var query = (await JsonNode.ParseAsync(context.Request.Body))!;
        LastQuery = query;
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (Fails)
        {
            return Results.StatusCode(503);
        }

        var hit = ((string)query["query"]!).Contains("Vase", StringComparison.OrdinalIgnoreCase);
        object[] artifacts = hit
            ?
            [
                new { id = 7, title = "The Samarkand Vase", content = "The Samarkand Vase is made of silver. Ada Smith made the Samarkand Vase in 1820.", category = (string?)null, similarity = 0.8, is_active = true },
                new { id = 8, title = "Too far", content = "Nothing in common.", category = (string?)null, similarity = 0.1, is_active = true },
            ]
            : [];
        var data = new { query = (string)query["query"]!, artifacts, total_count = artifacts.Length, response_time = 0.01 };
        return IsWrapped ? Results.Json(new { data }) : Results.Json(data);
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>
/// A scripted model: a real server that speaks the chat-completions protocol of OpenAI with server-sent events. It understands
/// nothing; each request gets the next reply of its script, and what it was asked is kept.
/// </summary>
public sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<Reply, Task>> replies = new();

    private ScriptedModel(WebApplication app) => this.app = app;

    /// <summary>For <c>Llm:BaseUrl</c>.</summary>
    public string BaseUrl => app.Urls.First() + "/v1";

    public ConcurrentQueue<JsonObject> Requests { get; } = new();

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary Headers { get; private set; } = new HeaderDictionary();

    /// <summary>What the list of models answers. Not every endpoint has one; by 404 it lives.</summary>
    public int ProbeStatus { get; set; } = 404;

    /// <summary>Completed when a client closed a request that was still being answered.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<ScriptedModel> StartAsync(params Func<Reply, Task>[] script)
    {
        // Not the tests' own folder: the appsettings.json of the service under test lies there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var model = new ScriptedModel(builder.Build());
        model.app.MapPost("/v1/chat/completions", model.AnswerAsync);
        model.app.MapGet("/v1/models", () => Results.StatusCode(model.ProbeStatus));
        await model.app.StartAsync();
        foreach (var reply in script)
        {
            model.replies.Enqueue(reply);
        }

        return model;
    }

    /// <summary>A reply that says a text and ends.</summary>
    public static Func<Reply, Task> Says(string text) => async reply =>
    {
        await reply.TextAsync(text);
        await reply.EndAsync();
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        Requests.Enqueue((await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!);
        if (!replies.TryDequeue(out var reply))
        {
            context.Response.StatusCode = 503;
            return;
        }

        try
        {
            await reply(new Reply(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Closed.TrySetResult();
        }
    }

    /// <summary>One reply as it is written.</summary>
    public sealed class Reply(HttpContext context)
    {
        public Task StatusAsync(int status)
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"error":{"message":"scripted"}}""");
        }

        /// <summary>Lines of the stream, as a server writes them that has its own way.</summary>
        public async Task RawAsync(params string[] data)
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var line in data)
            {
                await context.Response.WriteAsync($"{line}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }

        public Task TextAsync(string text) => DeltaAsync(new JsonObject { ["content"] = text }, null);

        public Task CallAsync(string id, string name, string arguments) => DeltaAsync(
            new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["id"] = id, ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments } }) }, null);

        public async Task EndAsync(string reason = "stop")
        {
            await DeltaAsync([], reason);
            await context.Response.WriteAsync("data: [DONE]\n\n");
        }

        /// <summary>Cuts the connection in the middle.</summary>
        public Task BreakAsync()
        {
            context.Abort();
            return Task.CompletedTask;
        }

        /// <summary>Says nothing more until the client goes.</summary>
        public Task HangAsync() => Task.Delay(Eventually.DefaultTimeout, context.RequestAborted);

        private async Task DeltaAsync(JsonObject delta, string? reason)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.ContentType = "text/event-stream";
            }

            var chunk = new JsonObject
            {
                ["id"] = "scripted",
                ["object"] = "chat.completion.chunk",
                ["created"] = 0,
                ["model"] = "scripted",
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
            };
            await context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace Museum.AudioService.Tests.Remote;

/// <summary>OpenAI's <c>POST /v1/audio/speech</c> as its reference describes it.</summary>
internal sealed class OpenAiServer : RemoteServer
{
    public const string Key = "sk-of-this-test";

    private int abandoned;

    public string Url => $"{Address}/v1";

    public ConcurrentQueue<JsonElement> Received { get; } = new();

    /// <summary>Answers every request with this status.</summary>
    public int? Refuses { get; set; }

    /// <summary>So many sentences are answered with 503.</summary>
    public int Fails { get; set; }

    public TaskCompletionSource? HoldsAnswer { get; set; }

    public TaskCompletionSource? HoldsSound { get; set; }

    public bool HangsUp { get; set; }

    public int Abandoned => Volatile.Read(ref abandoned);

    public static async Task<OpenAiServer> StartAsync()
    {
        var server = new OpenAiServer();
        await server.StartAsync(server.AnswerAsync);
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response, ct) = (context.Request, context.Response, context.RequestAborted);
        try
        {
            if (Refuses is { } status)
            {
                response.StatusCode = status;
                response.Headers.RetryAfter = "3";
            }
            else if (request.Headers.Authorization != $"Bearer {Key}")
            {
                response.StatusCode = 401;
            }
            else if (request is { Method: "GET", Path.Value: "/v1/models" })
            {
                await response.WriteAsJsonAsync(new { @object = "list", data = Array.Empty<object>() }, ct);
            }
            else if (request is { Method: "POST", Path.Value: "/v1/audio/speech" })
            {
                await SpeakAsync(context, await request.ReadFromJsonAsync<JsonElement>(ct), ct);
            }
            else
            {
                response.StatusCode = 404;
            }
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref abandoned);
        }
    }

    private async Task SpeakAsync(HttpContext context, JsonElement request, CancellationToken ct)
    {
        Received.Enqueue(request);
        if (Fails-- > 0)
        {
            context.Response.StatusCode = 503;
            return;
        }

        var pcm = Tones(request.GetProperty("input").GetString()!, 24_000);
        var sound = request.GetProperty("response_format").GetString() == "mp3" ? await Mp3Async(pcm, 24_000) : pcm;
        await (HoldsAnswer?.Task.WaitAsync(ct) ?? Task.CompletedTask);
        // Cut in the middle of a sample, as networks do.
        foreach (var part in sound.Chunk(4_801))
        {
            await context.Response.Body.WriteAsync(part, ct);
            await context.Response.Body.FlushAsync(ct);
            await (HoldsSound?.Task.WaitAsync(ct) ?? Task.CompletedTask);
            if (HangsUp)
            {
                context.Abort();
                return;
            }
        }
    }
}

using System.Collections.Concurrent;

namespace Museum.AudioService.Tests.Remote;

/// <summary>OpenAI's <c>POST /v1/audio/transcriptions</c> as its reference describes it: json, verbose_json, and server-sent events.</summary>
internal sealed class OpenAiEarServer : RemoteServer
{
    public const string Key = "sk-of-this-test";

    private static readonly string[] Question = ["Who", "made", "the", "first"];

    private int abandoned;

    public string Url => $"{Address}/v1";

    /// <summary>The forms' fields; the file's length as <c>bytes</c>.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Received { get; } = new();

    /// <summary>Answers so many requests with <see cref="Status"/>.</summary>
    public int Refusals { get; set; }

    public int Status { get; set; } = 500;

    public TaskCompletionSource? HoldsAnswer { get; set; }

    /// <summary>Instead of a transcript.</summary>
    public string? Says { get; set; }

    /// <summary>After its second word, when the test has it.</summary>
    public TaskCompletionSource? HangsUp { get; set; }

    public double LogProbability { get; set; } = -0.1;

    public int Abandoned => Volatile.Read(ref abandoned);

    public static async Task<OpenAiEarServer> StartAsync()
    {
        var server = new OpenAiEarServer();
        await server.StartAsync(server.AnswerAsync);
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response, ct) = (context.Request, context.Response, context.RequestAborted);
        try
        {
            if (request is { Method: "GET", Path.Value: "/v1/models" })
            {
                // As a server that has only what it needs.
                response.StatusCode = Refusals > 0 ? Status : 404;
            }
            else if (request is { Method: "POST", Path.Value: "/v1/audio/transcriptions" })
            {
                var form = await request.ReadFormAsync(ct);
                var fields = form.ToDictionary(f => f.Key, f => f.Value.ToString());
                fields["bytes"] = $"{form.Files.Single(f => f.Name == "file").Length}";
                Received.Enqueue(fields);
                await HearAsync(context, fields, ct);
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

    private async Task HearAsync(HttpContext context, Dictionary<string, string> fields, CancellationToken ct)
    {
        var response = context.Response;
        if (Refusals > 0 || context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            response.StatusCode = Refusals-- > 0 ? Status : 401;
            response.Headers.RetryAfter = "3";
            return;
        }

        await (HoldsAnswer?.Task.WaitAsync(ct) ?? Task.CompletedTask);
        if (Says is not null)
        {
            response.ContentType = "application/json";
            await response.WriteAsync(Says, ct);
        }
        else if (fields.GetValueOrDefault("stream") == "true")
        {
            await StreamAsync(context, ct);
        }
        else if (fields["response_format"] == "verbose_json")
        {
            await response.WriteAsJsonAsync(
                new
                {
                    task = "transcribe",
                    language = "english",
                    duration = 1.2,
                    text = "Who made the first?",
                    words = Question.Select((w, i) => new { word = w, start = i * 0.3, end = (i + 1) * 0.3 }),
                    segments = new[] { new { id = 0, seek = 0, start = 0.0, end = 1.2, text = " Who made the first?", tokens = new[] { 1 }, temperature = 0.0, avg_logprob = LogProbability, compression_ratio = 1.0, no_speech_prob = 0.01 } },
                },
                ct);
        }
        else
        {
            await response.WriteAsJsonAsync(new { text = "Who made the first?" }, ct);
        }
    }

    private async Task StreamAsync(HttpContext context, CancellationToken ct)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var (i, word) in Question.Index())
        {
            await EventAsync($$"""{"type":"transcript.text.delta","delta":"{{(i == 0 ? "" : " ")}}{{word}}"}""");
            if (HangsUp is not null && i == 1)
            {
                await HangsUp.Task.WaitAsync(ct);
                context.Abort();
                return;
            }
        }

        await EventAsync("""{"type":"transcript.text.done","text":"Who made the first?"}""");

        async Task EventAsync(string data)
        {
            await context.Response.WriteAsync($"data: {data}\n\n", ct);
            await context.Response.Body.FlushAsync(ct);
        }
    }
}

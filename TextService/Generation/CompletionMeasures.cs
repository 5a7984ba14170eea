using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.ServiceDefaults.Telemetry;
using OpenAI.Chat;

namespace Museum.TextService.Generation;

/// <summary>
/// One completion as OpenTelemetry's conventions for generative AI have it: a span <c>chat MODEL</c>, and
/// <c>gen_ai.client.operation.duration</c>, <c>gen_ai.client.operation.time_to_first_chunk</c>, <c>gen_ai.client.token.usage</c>
/// (opentelemetry.io/docs/specs/semconv/gen-ai). Never a word of what was said.
/// </summary>
internal sealed class CompletionMeasures : IDisposable
{
    public const string MeterName = "Museum.Generation";

    private static readonly Meter Meter = new(MeterName);

    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96];

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "Of a completion, until its last word.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "From the request to the first words or function call.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Histogram<long> Usage = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens of a completion, where the server counts them.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144] });

    private readonly LlmEndpoint endpoint;
    private readonly Activity? span;
    private readonly long started = Stopwatch.GetTimestamp();
    private string? error;

    public CompletionMeasures(LlmEndpoint endpoint)
    {
        this.endpoint = endpoint;
        span = Telemetry.Source.StartActivity($"chat {endpoint.Model}", ActivityKind.Client);
        foreach (var (key, value) in Tags)
        {
            span?.SetTag(key, value);
        }

        span?.SetTag("gen_ai.request.max_tokens", endpoint.MaxTokens).SetTag("gen_ai.request.temperature", endpoint.Temperature);
    }

    private TagList Tags => new()
    {
        { "gen_ai.operation.name", "chat" },
        // The dialect; who is behind the address, the address says.
        { "gen_ai.provider.name", "openai" },
        { "gen_ai.request.model", endpoint.Model },
        { "server.address", endpoint.BaseUrl?.Host },
        { "server.port", endpoint.BaseUrl?.Port },
    };

    /// <summary>The first update with anything in it is there.</summary>
    public void First()
    {
        var waited = Stopwatch.GetElapsedTime(started).TotalSeconds;
        FirstChunk.Record(waited, Tags);
        span?.SetTag("gen_ai.response.time_to_first_chunk", waited);
    }

    public void See(StreamingChatCompletionUpdate update)
    {
        if (!string.IsNullOrEmpty(update.Model))
        {
            span?.SetTag("gen_ai.response.model", update.Model);
        }

        if (update.FinishReason is { } reason)
        {
            span?.SetTag("gen_ai.response.finish_reasons", new[] { reason.ToString() });
        }

        if (update.Usage is { } usage)
        {
            span?.SetTag("gen_ai.usage.input_tokens", usage.InputTokenCount).SetTag("gen_ai.usage.output_tokens", usage.OutputTokenCount);
            Count(usage.InputTokenCount, "input");
            Count(usage.OutputTokenCount, "output");
        }
    }

    public void Fail(Exception e)
    {
        error = e.GetType().Name;
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error);
    }

    public void Dispose()
    {
        var tags = Tags;
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        var spent = Stopwatch.GetElapsedTime(started);
        Duration.Record(spent.TotalSeconds, tags);
        InferenceDuration.Record(InferenceDuration.Llm, endpoint.Model!, spent);
        span?.Dispose();
    }

    private void Count(int tokens, string type)
    {
        var tags = Tags;
        tags.Add("gen_ai.token.type", type);
        Usage.Record(tokens, tags);
    }
}

using Microsoft.AspNetCore.Mvc;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Turns;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;

namespace Museum.AudioService.Http;

/// <summary><c>POST /api/audio/process</c>: a recorded question to its spoken answer.</summary>
internal static class ProcessApi
{
    public const string EventStream = "text/event-stream";

    public static void MapProcess(this IEndpointRouteBuilder audio) => audio.MapPost("/process", ProcessAsync)
        .WithLimit("stt")
        .WithSummary("Answer a recorded question: transcript, answer and its sound. As server-sent events while they are made (Accept: text/event-stream), else as one JSON.")
        .Produces<ProcessResponse>(contentType: "application/json", additionalContentTypes: [EventStream])
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .ProducesProblem(StatusCodes.Status504GatewayTimeout)
        .DisableAntiforgery();

    private static async Task<IResult> ProcessAsync(
        HttpRequest request, KeptTranscripts transcripts, RecordingReader reader, SpokenTurn turn, Narrator narrator, SoundFiles files, ErrorMetrics errors, [AsParameters] ProcessQuery query, CancellationToken ct)
    {
        var wanted = RecognitionRequest.Of(query.Language, partials: false, alternatives: 0);
        var delivery = query.Delivery(streamed: WantsEvents(request));
        if (delivery.Voice is not null && !narrator.HasVoice(delivery.Voice, wanted.Language))
        {
            throw new ClientException("voice_unknown", $"No voice \"{delivery.Voice}\" speaks \"{wanted.Language}\": see GET /api/audio/voices.");
        }

        var heard = await transcripts.TranscribeAsync(wanted, await RecordingBody.ReadAsync(request, reader, query.Format, query.SampleRate, ct), ct);
        // The guide asks again instead of guessing.
        if (heard.LowConfidence || heard.Text.Length == 0)
        {
            throw new ClientException("speech_unclear", "What was said could not be made out with confidence: say it again, or write.", 422);
        }

        var parts = turn.AnswerAsync(heard.Text, heard.Language, delivery, ct);
        return WantsEvents(request) ? new ProcessEvents(heard, parts, delivery, files, errors) : TypedResults.Ok(await ProcessResponse.OfAsync(heard, parts, delivery, files, ct));
    }

    private static bool WantsEvents(HttpRequest request) => request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How the recording comes, and how the answer shall sound.</summary>
internal sealed record ProcessQuery
{
    /// <summary>Spoken in the recording; absent: <c>en</c>.</summary>
    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    /// <summary><c>pcm</c>: the recording is raw samples.</summary>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    /// <summary>Of raw samples.</summary>
    [FromQuery(Name = "sample_rate")]
    public int? SampleRate { get; init; }

    [FromQuery(Name = "voice")]
    public string? Voice { get; init; }

    [FromQuery(Name = "rate")]
    public double? Rate { get; init; }

    [FromQuery(Name = "pitch")]
    public double? Pitch { get; init; }

    [FromQuery(Name = "volume")]
    public double? Volume { get; init; }

    /// <summary><c>standard</c> or <c>high</c>.</summary>
    [FromQuery(Name = "quality")]
    public string? Quality { get; init; }

    /// <summary>Of the answer: <c>pcm</c> (default of events), <c>wav</c> (default of JSON), <c>mp3</c> or <c>opus</c>.</summary>
    [FromQuery(Name = "output")]
    public string? Output { get; init; }

    [FromQuery(Name = "output_sample_rate")]
    public int? OutputSampleRate { get; init; }

    public Delivery Delivery(bool streamed)
    {
        var delivery = new Delivery(
            string.IsNullOrEmpty(Voice) ? null : Voice,
            Rate ?? 1,
            Pitch ?? 1,
            Turns.Delivery.CheckVolume(Volume ?? 1),
            SpeechQualities.Named(Quality),
            AudioFormat.Named(Output ?? (streamed ? "pcm" : "wav")),
            SampleRates.Check(OutputSampleRate ?? SampleRates.Default));
        // What cannot be said at all is refused before anything is recognised.
        _ = delivery.Of("?", "en", hasVoice: false);
        return delivery;
    }
}

using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Limits;

namespace Museum.AudioService.Http;

/// <summary><c>POST /api/audio/stt</c>: a recording, raw or as the first file of a multipart form, to its transcript.</summary>
internal static class SttApi
{
    public static void MapStt(this IEndpointRouteBuilder audio) => audio.MapPost("/stt", RecognizeAsync)
        .WithLimit("stt")
        .WithSummary("Recognise speech: up to 60 s and 25 MB of mp3, wav, opus, webm, flac or m4a, told apart by content; raw samples as audio/pcm, audio/L16 or with ?format=pcm.")
        .Produces<SttResponse>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .DisableAntiforgery();

    private static async Task<SttResponse> RecognizeAsync(
        HttpRequest request, KeptTranscripts transcripts, RecordingReader reader, CancellationToken ct, string? language = null, string? format = null, int? sample_rate = null, int alternatives = 0)
    {
        var wanted = RecognitionRequest.Of(language, partials: false, alternatives);
        return SttResponse.Of(await transcripts.TranscribeAsync(wanted, await RecordingBody.ReadAsync(request, reader, format, sample_rate, ct), ct));
    }
}

internal sealed record SttResponse(
    string Text, string Language, double Confidence, bool LowConfidence, long DurationMs, IReadOnlyList<SttWord> Words, IReadOnlyList<SttAlternative> Alternatives, string Provider)
{
    public static SttResponse Of(Recording recording) => new(
        recording.Text,
        recording.Language,
        Math.Round(recording.Confidence, 3),
        recording.LowConfidence,
        (long)recording.Duration.TotalMilliseconds,
        [.. recording.Words.Select(w => new SttWord(w.Text, Milliseconds(w.StartSample), Milliseconds(w.EndSample), Math.Round(w.Confidence, 3)))],
        [.. recording.Alternatives.Select(a => new SttAlternative(a.Text, Math.Round(a.Confidence, 3)))],
        recording.Provider);

    private static long Milliseconds(long sample) => sample * 1000 / Transcript.SampleRate;
}

internal sealed record SttWord(string Text, long StartMs, long EndMs, double Confidence);

internal sealed record SttAlternative(string Text, double Confidence);

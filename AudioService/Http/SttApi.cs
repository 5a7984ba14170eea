using System.Globalization;
using Microsoft.Net.Http.Headers;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Errors;
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
        HttpRequest request, Transcriber transcriber, RecordingReader reader, CancellationToken ct, string? language = null, string? format = null, int? sample_rate = null, int alternatives = 0)
    {
        var wanted = RecognitionRequest.Of(language, partials: false, alternatives);
        var (body, contentType) = await OpenAsync(request, ct);
        await using (body)
        {
            var pcm = RawRate(contentType, format, sample_rate) is { } rate
                ? await reader.ReadRawAsync(body, SampleRates.Check(rate), BigEndian(contentType), ct)
                : await reader.ReadAsync(body, ct);
            return SttResponse.Of(await transcriber.TranscribeAsync(wanted, pcm, ct));
        }
    }

    private static async Task<(Stream Body, MediaTypeHeaderValue? Type)> OpenAsync(HttpRequest request, CancellationToken ct)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (request.Body, type);
        }

        // Read as it comes: the framework's own form would lay the file into the temporary folder first.
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            throw new ClientException("malformed_request", "The multipart form has no boundary.");
        }

        var form = new Microsoft.AspNetCore.WebUtilities.MultipartReader(boundary, request.Body);
        while (await SectionAsync(form, ct) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
            {
                _ = MediaTypeHeaderValue.TryParse(section.ContentType, out var sectionType);
                return (section.Body, sectionType);
            }
        }

        throw new ClientException("audio_empty", "The form has no file in it.");
    }

    private static async Task<Microsoft.AspNetCore.WebUtilities.MultipartSection?> SectionAsync(Microsoft.AspNetCore.WebUtilities.MultipartReader form, CancellationToken ct)
    {
        try
        {
            return await form.ReadNextSectionAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw new ClientException("malformed_request", "The multipart form is broken.");
        }
    }

    /// <summary>Null: it is no raw sound.</summary>
    private static int? RawRate(MediaTypeHeaderValue? type, string? format, int? sampleRate)
    {
        var raw = format?.ToLowerInvariant() switch
        {
            "pcm" => true,
            null => type?.MediaType.Value?.ToLowerInvariant() is "audio/pcm" or "audio/l16",
            _ => throw new ClientException("format_unsupported", "?format= is pcm or absent: everything else is told apart by content.", 415),
        };
        if (!raw)
        {
            return null;
        }

        var told = type?.Parameters.FirstOrDefault(p => p.Name.Equals("rate", StringComparison.OrdinalIgnoreCase))?.Value.Value;
        return sampleRate ?? (int.TryParse(told, CultureInfo.InvariantCulture, out var rate) ? rate : SampleRates.Default);
    }

    // RFC 2586: audio/L16 is in network byte order.
    private static bool BigEndian(MediaTypeHeaderValue? type) => type?.MediaType.Equals("audio/L16", StringComparison.OrdinalIgnoreCase) == true;
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

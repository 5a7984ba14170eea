using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Http;

/// <summary>A recording as a request brings it: raw, or as the first file of a multipart form.</summary>
internal static class RecordingBody
{
    /// <param name="request">Its body is read as it comes.</param>
    /// <param name="reader">Decodes it.</param>
    /// <param name="format"><c>pcm</c>: raw samples, whatever the content type says.</param>
    /// <param name="sampleRate">Of raw samples; null: as the content type says, else 16,000.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>PCM16 mono at 16 kHz.</returns>
    public static async Task<ReadOnlyMemory<short>> ReadAsync(HttpRequest request, RecordingReader reader, string? format, int? sampleRate, CancellationToken ct)
    {
        var (body, contentType) = await OpenAsync(request, ct);
        await using (body)
        {
            try
            {
                return RawRate(contentType, format, sampleRate) is { } rate
                    ? await reader.ReadRawAsync(body, SampleRates.Check(rate), BigEndian(contentType), ct)
                    : await reader.ReadAsync(body, ct);
            }
            catch (IOException e) when (body != request.Body && e is not BadHttpRequestException)
            {
                // A form that ends in the middle of its file.
                throw BrokenForm();
            }
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

        var form = new MultipartReader(boundary, request.Body);
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

    private static async Task<MultipartSection?> SectionAsync(MultipartReader form, CancellationToken ct)
    {
        try
        {
            return await form.ReadNextSectionAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw BrokenForm();
        }
    }

    private static ClientException BrokenForm() => new("malformed_request", "The multipart form is broken.");

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

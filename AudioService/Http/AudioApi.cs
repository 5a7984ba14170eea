using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.AudioService.Turns;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Http;

/// <summary><c>/api/audio</c>.</summary>
internal static class AudioApi
{
    public static void MapAudioApi(this IEndpointRouteBuilder endpoints)
    {
        var audio = endpoints.MapGroup("/api/audio").WithTags("audio");
        audio.MapPost("/tts", Speak)
            .WithLimit("tts")
            .WithSummary("Speak a text; the sound streams while it is made.")
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav", additionalContentTypes: ["audio/pcm", "audio/mpeg", "audio/ogg"])
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        audio.MapAudioCatalog();
        audio.MapStt();
        audio.MapProcess();
    }

    private static SpeechResult Speak(TtsRequest request, Narrator narrator, ResourcePool<FfmpegPlace> places, string? format = null)
    {
        var whole = Utterance.Of(request.Text, request.Language ?? LanguageOf(request.Text), request.Voice, request.Rate, request.Pitch) with { Quality = request.Quality };
        Delivery.CheckVolume(request.Volume);
        var encoding = AudioFormat.Named(format ?? request.Format);
        SampleRates.Check(request.SampleRate);
        Utterance[] sentences = [.. SentenceSplit.Split(request.Text).Select(text => whole with { Text = text })];
        return sentences.Length > 0
            ? new SpeechResult(narrator, places, sentences, encoding, request.SampleRate, request.Volume)
            : throw new ClientException("nothing_to_say", "The text has nothing that can be spoken.");
    }

    private static string LanguageOf(string? text) => text?.Any(c => c is >= '\u3400' and <= '\u9fff') == true ? "zh" : "en";
}

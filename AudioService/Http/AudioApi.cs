using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;

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
        audio.MapGet("/voices", VoicesAsync).WithSummary("The voices, by language, and which of them can speak now.");
        audio.MapStt();
    }

    private static SpeechResult Speak(TtsRequest request, Narrator narrator)
    {
        var whole = Utterance.Of(request.Text, request.Language ?? LanguageOf(request.Text), request.Voice, request.Rate);
        var format = AudioFormat.Named(request.Format);
        SampleRates.Check(request.SampleRate);
        Utterance[] sentences = [.. SentenceSplit.Split(request.Text).Select(text => whole with { Text = text })];
        return sentences.Length > 0
            ? new SpeechResult(narrator, sentences, format, request.SampleRate)
            : throw new ClientException("nothing_to_say", "The text has nothing that can be spoken.");
    }

    private static async Task<VoiceList> VoicesAsync(IEnumerable<ISpeechSynthesizer> synthesizers, Narrator narrator, CancellationToken ct)
    {
        var voices = new List<VoiceEntry>();
        foreach (var synthesizer in synthesizers)
        {
            var reason = await synthesizer.ProbeAsync(ct);
            voices.AddRange(synthesizer.Voices
                .Where(voice => narrator.Languages.Contains(voice.Language) && narrator.ProvidersOf(voice.Language).Contains(synthesizer))
                .Select(voice => new VoiceEntry(voice.Name, voice.Language, voice.Provider, reason is null, reason)));
        }

        return new VoiceList(voices);
    }

    private static string LanguageOf(string? text) => text?.Any(c => c is >= '\u3400' and <= '\u9fff') == true ? "zh" : "en";
}

internal sealed record VoiceList(IReadOnlyList<VoiceEntry> Voices);

internal sealed record VoiceEntry(string Name, string Language, string Provider, bool Available, string? Reason);

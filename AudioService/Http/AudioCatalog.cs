using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Http;

/// <summary>What there is to choose from: voices, formats, and the providers with their health.</summary>
internal static class AudioCatalog
{
    public static void MapAudioCatalog(this IEndpointRouteBuilder audio)
    {
        audio.MapGet("/voices", VoicesAsync).WithSummary("The voices, by language, and which of them can speak now.");
        audio.MapGet("/formats", Formats).WithSummary("What speech can be had as.");
        audio.MapGet("/providers", ProvidersAsync).WithSummary("Who speaks, in the order in which they are asked, and whether each is well.");
    }

    private static async Task<VoiceList> VoicesAsync(IEnumerable<ISpeechSynthesizer> synthesizers, Narrator narrator, CancellationToken ct)
    {
        var voices = new List<VoiceEntry>();
        foreach (var synthesizer in synthesizers)
        {
            var its = synthesizer.Voices.Where(voice => narrator.Languages.Contains(voice.Language) && narrator.EveryoneOf(voice.Language).Contains(synthesizer)).ToArray();
            if (its.Length > 0)
            {
                var reason = await synthesizer.ProbeAsync(ct);
                voices.AddRange(its.Select(voice => new VoiceEntry(voice.Name, voice.Language, voice.Provider, reason is null, reason)));
            }
        }

        return new VoiceList(voices);
    }

    private static FormatList Formats() => new([.. AudioFormat.All.Select(f => new FormatEntry(f.Name, f.ContentType))], SampleRates.Allowed);

    private static async Task<ProviderList> ProvidersAsync(Narrator narrator, CancellationToken ct)
    {
        var providers = new List<ProviderEntry>();
        var degraded = false;
        foreach (var language in narrator.Languages)
        {
            var ordinary = narrator.ProvidersOf(language);
            foreach (var synthesizer in narrator.EveryoneOf(language))
            {
                var reason = await synthesizer.ProbeAsync(ct);
                degraded |= reason is not null && ordinary[0] == synthesizer;
                providers.Add(new ProviderEntry(synthesizer.Name, "speech", language, ordinary.Contains(synthesizer) ? "standard" : "high", reason is null, reason));
            }
        }

        return new ProviderList(providers, degraded);
    }
}

internal sealed record VoiceList(IReadOnlyList<VoiceEntry> Voices);

internal sealed record VoiceEntry(string Name, string Language, string Provider, bool Available, string? Reason);

/// <param name="Output">What <c>POST /api/audio/tts</c> answers in.</param>
internal sealed record FormatList(IReadOnlyList<FormatEntry> Output, IReadOnlyList<int> SampleRates);

internal sealed record FormatEntry(string Name, string ContentType);

/// <param name="Degraded">A language's first choice is away, and a lesser one speaks, or nobody.</param>
internal sealed record ProviderList(IReadOnlyList<ProviderEntry> Providers, bool Degraded);

/// <param name="Kind"><c>speech</c>: text to speech.</param>
/// <param name="Quality"><c>high</c>: asked first when high quality is wanted, and only then.</param>
internal sealed record ProviderEntry(string Name, string Kind, string Language, string Quality, bool Available, string? Reason);

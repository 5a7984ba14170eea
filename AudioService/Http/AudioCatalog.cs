using Microsoft.Extensions.Options;
using Museum.AudioService.Ahead;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Http;

/// <summary>What there is to choose from: voices, formats, and the providers with their health.</summary>
internal static class AudioCatalog
{
    public static void MapAudioCatalog(this IEndpointRouteBuilder audio)
    {
        audio.MapGet("/voices", Voices).WithSummary("The voices, by language, and which of them can speak now.");
        audio.MapGet("/formats", Formats).WithSummary("What speech is heard in, and what it can be had as.");
        audio.MapGet("/providers", ListProviders).WithSummary("Who speaks and who listens, in the order in which they are asked, whether each is well, and what is degraded, since when and why.");
    }

    private static VoiceList Voices(IEnumerable<ISpeechSynthesizer> synthesizers, Providers<ISpeechSynthesizer> voices, Narrator narrator) => new([..
        from synthesizer in synthesizers
        from voice in synthesizer.Voices
        where narrator.Languages.Contains(voice.Language)
        from provider in SpeakersOf(voice.Language, voices).Where(p => p.Name == synthesizer.Name)
        select new VoiceEntry(voice.Name, voice.Language, voice.Provider, provider.IsUp, provider.Reason)]);

    private static FormatList Formats(IOptionsMonitor<SttOptions> stt) => new(
        [.. SoundKind.All.Select(k => new FormatEntry(k.Name, k.ContentType)), new FormatEntry("pcm", "audio/pcm"), new FormatEntry("pcm", "audio/L16")],
        [.. AudioFormat.All.Select(f => new FormatEntry(f.Name, f.ContentType))],
        SampleRates.Allowed,
        new InputLimits((long)stt.CurrentValue.MaxDuration.TotalMilliseconds, stt.CurrentValue.MaxBytes));

    private static ProviderList ListProviders(
        Narrator narrator, Providers<ISpeechSynthesizer> voices, Providers<ISpeechRecognizer> ears, Capabilities board, AheadProgress ahead)
    {
        var providers = new List<ProviderEntry>();
        foreach (var language in narrator.Languages)
        {
            var ordinary = voices.Capabilities[VoiceCapability.Of(language)].Providers;
            providers.AddRange(SpeakersOf(language, voices).Select(p => new ProviderEntry(p.Name, "speech", language, ordinary.Contains(p) ? "standard" : "high", p.IsUp, p.Reason)));
        }

        foreach (var (name, hearing) in ears.Capabilities)
        {
            providers.AddRange(hearing.Providers.Select(p => new ProviderEntry(p.Name, "recognition", name.Split('.')[1], "standard", p.IsUp, p.Reason)));
        }

        var readings = board.Snapshot();
        string[] wanted = [.. narrator.Languages.Select(VoiceCapability.Of), .. ears.Capabilities.Keys];
        return new ProviderList(
            providers,
            wanted.Any(name => readings.TryGetValue(name, out var reading) && reading.State != CapabilityState.Ok),
            [.. readings.Where(r => r.Key.Split('.')[0] is VoiceCapability.Name or HearingCapability.Name)
                .Select(r => new CapabilityEntry(r.Key, r.Value.State.ToString().ToLowerInvariant(), r.Value.Since, r.Value.Reason))],
            ahead.Reading);
    }

    private static IReadOnlyList<Provider<ISpeechSynthesizer>> SpeakersOf(string language, Providers<ISpeechSynthesizer> voices) =>
        (voices.Capabilities.GetValueOrDefault(VoiceCapability.High(language)) ?? voices.Capabilities[VoiceCapability.Of(language)]).Providers;
}

internal sealed record VoiceList(IReadOnlyList<VoiceEntry> Voices);

internal sealed record VoiceEntry(string Name, string Language, string Provider, bool Available, string? Reason);

/// <param name="Input">What recordings may be, told apart by content; <c>pcm</c> is raw, 16 bit, mono (<c>audio/L16</c>: big endian), and has to be called so.</param>
/// <param name="Output">What <c>POST /api/audio/tts</c> answers in.</param>
/// <param name="SampleRates">Of what is spoken, and of raw input.</param>
/// <param name="Limits">Of a recording.</param>
internal sealed record FormatList(IReadOnlyList<FormatEntry> Input, IReadOnlyList<FormatEntry> Output, IReadOnlyList<int> SampleRates, InputLimits Limits);

internal sealed record FormatEntry(string Name, string ContentType);

internal sealed record InputLimits(long DurationMs, long Bytes);

/// <param name="Degraded">A language's first choice is away, and a lesser one speaks or listens, or nobody.</param>
/// <param name="Ahead">How far speech ahead of time is.</param>
/// <param name="Capabilities">What that makes of speech and hearing: per language, and over all of them.</param>
internal sealed record ProviderList(IReadOnlyList<ProviderEntry> Providers, bool Degraded, IReadOnlyList<CapabilityEntry> Capabilities, AheadReading Ahead);

/// <param name="Kind"><c>speech</c>: text to speech; <c>recognition</c>: speech to text.</param>
/// <param name="Quality"><c>high</c>: asked first when high quality is wanted, and only then.</param>
internal sealed record ProviderEntry(string Name, string Kind, string Language, string Quality, bool Available, string? Reason);

/// <param name="State"><c>ok</c>, <c>degraded</c> or <c>away</c>.</param>
internal sealed record CapabilityEntry(string Name, string State, DateTimeOffset Since, string? Reason);

using Microsoft.Extensions.Options;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Synthesis;

/// <summary>Says a sentence with the best provider that can, at the wanted sample rate, trimmed and at the house's loudness.</summary>
internal sealed class Narrator(
    IEnumerable<ISpeechSynthesizer> synthesizers, Providers<ISpeechSynthesizer> voices, SoundCache sounds, IOptions<TtsOptions> options, IOptionsMonitor<TtsOptions> live)
{
    private readonly Dictionary<string, ISpeechSynthesizer> byName = synthesizers.ToDictionary(s => s.Name);

    public IEnumerable<string> Languages => options.Value.Providers.Keys;

    /// <summary>The providers of a language, best first. Throws <see cref="ClientException"/> when nobody is configured for it.</summary>
    public IReadOnlyList<ISpeechSynthesizer> ProvidersOf(string language) =>
        options.Value.Providers.TryGetValue(language, out var names)
            ? [.. names.Select(name => byName[name]).Where(s => s.Speaks(language))]
            : throw new ClientException("language_unsupported", $"No voice is configured for \"{language}\": there are {string.Join(", ", Languages)}.");

    /// <summary>Whether somebody speaks the language with this voice; null is the default, which everybody has.</summary>
    public bool HasVoice(string? voice, string language) =>
        voice is null || (options.Value.Providers.ContainsKey(language) && EveryoneOf(language).Any(p => p.Voices.Any(v => v.Name == voice && v.Language == language)));

    /// <summary>Who speaks where nobody asks for a voice.</summary>
    public string FirstChoice(string language) => Candidates(new Utterance("", language))[0].Name;

    /// <summary>What the sound takes in the cache, as the best provider says it; null: it is not there. Nothing is fetched.</summary>
    public async ValueTask<long?> WeighAsync(Utterance utterance, int sampleRate, CancellationToken ct) =>
        Candidates(utterance) is [var best, ..] ? await sounds.WeighAsync(CastOf(best, utterance).KeyOf(utterance, sampleRate), ct) : null;

    /// <summary>What the best provider said before; null: it never said it.</summary>
    public async ValueTask<SentenceSound?> RecallAsync(Utterance utterance, int sampleRate, CancellationToken ct)
    {
        var started = Telemetry.Start();
        var sound = Candidates(utterance) is [var best, ..] ? await sounds.FindAsync(CastOf(best, utterance).KeyOf(utterance, sampleRate), ct) : null;
        if (sound is not null)
        {
            Telemetry.FirstSound(started, sound.Provider, utterance.Language, cached: true);
        }

        return sound;
    }

    /// <summary>
    /// Ready when the first piece is. A provider that fails before its first piece gives way to the next; after it, the sound ends in the failure.
    /// What was said before, or is being said just now, is not made again. The synthesis goes on by itself until it is done or all who asked for
    /// it have cancelled.
    /// </summary>
    public async Task<SentenceSound> SpeakAsync(Utterance utterance, int sampleRate, CancellationToken ct, CacheEntryOptions? kept = null)
    {
        var candidates = Candidates(utterance);
        var name = candidates.Except(ProvidersOf(utterance.Language)).Any() ? VoiceCapability.High(utterance.Language) : VoiceCapability.Of(utterance.Language);
        return await voices.Capabilities[name].UseAsync(SayAsync, ct, suits: candidates.Contains);

        Task<SentenceSound> SayAsync(ISpeechSynthesizer provider, CancellationToken token)
        {
            var cast = CastOf(provider, utterance);
            return sounds.GetOrMakeAsync(cast.KeyOf(utterance, sampleRate), stop => cast.SayAsync(utterance, sampleRate, stop), kept, token);
        }
    }

    private Cast CastOf(ISpeechSynthesizer provider, Utterance utterance)
    {
        var parts = provider.ReadsEveryScript ? [new SentencePart(utterance.Text, 0, utterance.Language)] : SentenceParts.Of(utterance.Text, utterance.Language);
        var roles = new List<(SentencePart, ISpeechSynthesizer)>(parts.Count);
        foreach (var part in parts)
        {
            if ((part.Language == utterance.Language ? provider : SpeakerOf(part.Language)) is { } by)
            {
                roles.Add((part, by));
            }
        }

        return new Cast(provider, roles);
    }

    /// <summary>The best that is not known to be away; null: nobody speaks the language, and what is in it stays unsaid.</summary>
    private ISpeechSynthesizer? SpeakerOf(string language) =>
        voices.Capabilities.GetValueOrDefault(VoiceCapability.Of(language))?.Providers.FirstOrDefault(p => p.Reason is null) is { } provider ? byName[provider.Name] : null;

    /// <summary>Those who are asked for high quality, then the others.</summary>
    private IReadOnlyList<ISpeechSynthesizer> EveryoneOf(string language)
    {
        var ordinary = ProvidersOf(language);
        var better = options.Value.HighQuality.GetValueOrDefault(language) ?? [];
        return [.. better.Select(name => byName[name]).Where(s => s.Speaks(language)).Union(ordinary)];
    }

    private IReadOnlyList<ISpeechSynthesizer> Candidates(Utterance utterance)
    {
        if (utterance.Voice is not { } voice)
        {
            return (utterance.Quality ?? live.CurrentValue.Quality) == SpeechQuality.High ? EveryoneOf(utterance.Language) : ProvidersOf(utterance.Language);
        }

        var having = EveryoneOf(utterance.Language).Where(p => p.Voices.Any(v => v.Name == voice && v.Language == utterance.Language)).ToArray();
        return having.Length > 0 ? having : throw new ClientException("voice_unknown", $"No voice \"{voice}\" speaks \"{utterance.Language}\": see GET /api/audio/voices.");
    }
}

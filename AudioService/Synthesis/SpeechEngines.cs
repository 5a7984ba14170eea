using Microsoft.Extensions.Options;
using Museum.AudioService.Espeak;
using Museum.AudioService.Festival;
using Museum.AudioService.Flite;
using Museum.AudioService.Scripted;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Synthesis;

/// <summary>Everything that can speak, and the pools of what it takes.</summary>
internal static class SpeechEngines
{
    public static void AddSpeechEngines(this IServiceCollection services)
    {
        // As many as there are cores help; each sentence takes one for 30 ms or so, and 64 who wait are about a second's worth.
        services.AddResourcePool(FliteSynthesizer.ProviderName, pool => pool.Max = 2, _ => new EngineThreads<FliteEngine>(FliteSynthesizer.ProviderName, () => new FliteEngine()));
        services.AddSingleton<EspeakWorkers>();
        services.AddResourcePool(EspeakSynthesizer.ProviderName, pool => pool.Max = 2, provider => provider.GetRequiredService<EspeakWorkers>());

        services.AddSingleton<FliteSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer>(provider => provider.GetRequiredService<FliteSynthesizer>());
        services.AddSingleton<EspeakSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer>(provider => provider.GetRequiredService<EspeakSynthesizer>());
        // Nobody starts one before it is asked for: it is large, and an optional package.
        services.AddResourcePool(FestivalSynthesizer.ProviderName, pool => (pool.Min, pool.Max, pool.Idle) = (0, 2, TimeSpan.FromMinutes(10)), _ => new FestivalWorkers());
        services.AddSingleton<ISpeechSynthesizer, FestivalSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer, ScriptedSynthesizer>();
        services.AddNarrator();
    }

    /// <summary>The narrator, and for each language a capability of the providers that are configured for it.</summary>
    public static IServiceCollection AddNarrator(this IServiceCollection services)
    {
        services.AddProviders<ISpeechSynthesizer>(
            provider => Configured(provider).Select(synthesizer => new ProviderPlan<ISpeechSynthesizer>
            {
                Name = synthesizer.Name,
                Load = _ => new(synthesizer),
                Probe = (self, ct) => self.ProbeAsync(ct),
                Pipeline = synthesizer.Pipeline,
            }),
            provider => Plans(provider.GetRequiredService<IOptions<TtsOptions>>().Value, provider.GetServices<ISpeechSynthesizer>().ToDictionary(s => s.Name)));
        return services.AddSingleton<Narrator>();
    }

    private static IEnumerable<ISpeechSynthesizer> Configured(IServiceProvider provider)
    {
        var tts = provider.GetRequiredService<IOptions<TtsOptions>>().Value;
        var names = tts.Providers.Values.Concat(tts.HighQuality.Values).SelectMany(n => n).ToHashSet();
        return provider.GetServices<ISpeechSynthesizer>().Where(s => names.Contains(s.Name));
    }

    /// <summary>Per language what speaks, and, where there are better voices, those before it.</summary>
    private static IEnumerable<CapabilityPlan> Plans(TtsOptions tts, Dictionary<string, ISpeechSynthesizer> byName)
    {
        foreach (var (language, ordinary) in tts.Providers)
        {
            yield return new CapabilityPlan(VoiceCapability.Of(language), Speaking(ordinary));
            if (tts.HighQuality.TryGetValue(language, out var better))
            {
                yield return new CapabilityPlan(VoiceCapability.High(language), Speaking(better.Union(ordinary)));
            }

            string[] Speaking(IEnumerable<string> names) => [.. names.Where(name => byName[name].Speaks(language))];
        }
    }
}

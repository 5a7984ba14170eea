using Museum.AudioService.DashScope;
using Museum.AudioService.Edge;
using Museum.AudioService.OpenAi;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Pools;
using Museum.ServiceDefaults.Resilience;

namespace Museum.AudioService.Remote;

/// <summary>The voices that are not on this machine. None is asked before <c>Tts:Providers</c> names it and it is configured.</summary>
internal static class RemoteVoices
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string> { DashScopeSynthesizer.ProviderName, OpenAiSynthesizer.ProviderName, EdgeSynthesizer.ProviderName };

    // What the seed allows a voice; a sentence that began to sound is never begun again.
    private static readonly TimeSpan FirstSound = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddRemoteVoices(this IServiceCollection services)
    {
        services.AddVoicePipelines();
        services.AddRuntimeOptions<DashScopeOptions>(DashScopeOptions.Section);
        services.AddRuntimeOptions<DashScopeVoiceOptions>(DashScopeVoiceOptions.Section);
        services.AddRuntimeOptions<OpenAiVoiceOptions>(OpenAiVoiceOptions.Section);
        services.AddRuntimeOptions<EdgeVoiceOptions>(EdgeVoiceOptions.Section);
        services.AddSingleton<LocalReader>();
        services.AddSingleton<DashScopeDial>();
        services.AddResourcePool(DashScopeConnections.Pool, DashScopeConnections.SetPool, provider => provider.GetRequiredService<DashScopeDial>());
        services.AddSingleton<DashScopeConnections>();
        services.AddSingleton<ISpeechSynthesizer, DashScopeSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer, OpenAiSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer, EdgeSynthesizer>();
        return services;
    }

    /// <summary>Each voice's own, for <see cref="ISpeechSynthesizer.Pipeline"/>.</summary>
    public static IServiceCollection AddVoicePipelines(this IServiceCollection services)
    {
        foreach (var name in (string[])[DashScopeSynthesizer.PipelineName, OpenAiSynthesizer.PipelineName, EdgeSynthesizer.PipelineName])
        {
            services.AddPipeline(name, pipeline => (pipeline.Timeout, pipeline.TotalTimeout, pipeline.Retries) = (FirstSound, 2 * FirstSound, 1));
        }

        return services;
    }
}

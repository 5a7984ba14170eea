using Museum.AudioService.DashScope;
using Museum.AudioService.Edge;
using Museum.AudioService.OpenAi;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Remote;

/// <summary>The voices that are not on this machine. None is asked before <c>Tts:Providers</c> names it and it is configured.</summary>
internal static class RemoteVoices
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string> { DashScopeSynthesizer.ProviderName, OpenAiSynthesizer.ProviderName, EdgeSynthesizer.ProviderName };

    public static IServiceCollection AddRemoteVoices(this IServiceCollection services)
    {
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
}

using Museum.AudioService.DashScope;
using Museum.AudioService.Edge;
using Museum.AudioService.OpenAi;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Remote;

/// <summary>The voices that are not on this machine. None is asked before <c>Tts:Providers</c> names it and it is configured.</summary>
internal static class RemoteVoices
{
    public static IServiceCollection AddRemoteVoices(this IServiceCollection services)
    {
        services.AddOptions<DashScopeOptions>().BindConfiguration(DashScopeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DashScopeVoiceOptions>().BindConfiguration(DashScopeVoiceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OpenAiVoiceOptions>().BindConfiguration(OpenAiVoiceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EdgeVoiceOptions>().BindConfiguration(EdgeVoiceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LocalReader>();
        services.AddSingleton<DashScopeConnections>();
        services.AddSingleton<ISpeechSynthesizer, DashScopeSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer, OpenAiSynthesizer>();
        services.AddSingleton<ISpeechSynthesizer, EdgeSynthesizer>();
        return services;
    }
}

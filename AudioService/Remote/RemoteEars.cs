using Museum.AudioService.DashScope;
using Museum.AudioService.OpenAi;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Resilience;

namespace Museum.AudioService.Remote;

/// <summary>The recognisers that are not on this machine. None is asked before <c>Stt:Providers</c> names it and it is configured.</summary>
internal static class RemoteEars
{
    /// <summary>The confidence of what a service tells without one: it is taken at its word.</summary>
    public const double Untold = 1;

    // What the seed allows a recogniser.
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    /// <summary>After <see cref="RemoteVoices.AddRemoteVoices"/>, whose connections to DashScope they share.</summary>
    public static IServiceCollection AddRemoteEars(this IServiceCollection services)
    {
        services.AddRuntimeOptions<DashScopeEarOptions>(DashScopeEarOptions.Section);
        services.AddRuntimeOptions<OpenAiEarOptions>(OpenAiEarOptions.Section);
        services.AddPipeline(OpenAiRecognizer.Pipeline, pipeline => (pipeline.Timeout, pipeline.TotalTimeout, pipeline.Retries) = (Answer, 2 * Answer, 1));
        services.AddSingleton<ISpeechRecognizer, DashScopeRecognizer>();
        services.AddSingleton<ISpeechRecognizer, OpenAiRecognizer>();
        return services;
    }
}

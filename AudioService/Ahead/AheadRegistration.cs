using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Memory;

namespace Museum.AudioService.Ahead;

internal static class AheadRegistration
{
    /// <summary>Needs the narrator, the engines and TextService's client (<see cref="RecognitionRegistration"/>).</summary>
    public static void AddSpeechAhead(this IServiceCollection services)
    {
        services.AddRuntimeOptions<AheadOptions>(AheadOptions.Section);
        services.AddPrefetcher();
        services.AddSingleton<EngineUse>();
        services.AddSingleton<AheadProgress>();
        services.AddSingleton<Sayings>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<AheadQueue>(provider, (Func<bool>)(() => provider.GetRequiredService<EngineUse>().IsBusy)));
        services.AddSingleton<SpeechAhead>();
        services.AddSingleton<IReleasesMemory>(provider => provider.GetRequiredService<SpeechAhead>());
        services.AddHostedService(provider => provider.GetRequiredService<SpeechAhead>());
    }
}

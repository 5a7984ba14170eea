using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Microphones;

internal static class MicrophoneRegistration
{
    public static void AddMicrophones(this IServiceCollection services) => services.AddRuntimeOptions<MicrophoneOptions>(MicrophoneOptions.Section);
}

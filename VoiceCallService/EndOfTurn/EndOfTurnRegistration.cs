using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.EndOfTurn;

internal static class EndOfTurnRegistration
{
    public static void AddEndOfTurn(this IServiceCollection services) => services.AddRuntimeOptions<EndOfTurnOptions>(EndOfTurnOptions.Section);
}

using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Memory;
using Museum.VoiceCallService.Tickets;

namespace Museum.VoiceCallService.Continuity;

internal static class ContinuityRegistration
{
    public static void AddContinuity(this IServiceCollection services)
    {
        services.AddRuntimeOptions<CallLimits>(CallLimits.Section);
        services.AddSingleton<CallStore>();
        services.AddSingleton<Switchboard>();
        services.AddSingleton<TicketDesk>();
        services.AddHostedService<CallNews>();
        services.AddSingleton<IReleasesMemory, WaitingCalls>();
        // What is being answered is finished first (CallLimits.DrainFor); the rest is for what is written at the end.
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(18));
    }
}

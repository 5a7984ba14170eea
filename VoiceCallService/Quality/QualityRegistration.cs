using Museum.ServiceDefaults.Security;

namespace Museum.VoiceCallService.Quality;

internal static class QualityRegistration
{
    public static void AddVoiceQuality(this IServiceCollection services) => services.AddSingleton<VoiceQuality>();

    public static void MapVoiceQuality(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/admin/voice-quality", (VoiceQuality quality) => quality.Report())
            .RequireAuthorization(Roles.Operator)
            .WithTags("admin")
            .WithSummary("How well visitors were heard: the last 1,000 sessions of the last day of the replica that answers; {} without any.");
}

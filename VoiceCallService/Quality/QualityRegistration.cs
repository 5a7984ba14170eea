using Museum.ServiceDefaults.Security;

namespace Museum.VoiceCallService.Quality;

internal static class QualityRegistration
{
    public static void AddVoiceQuality(this IServiceCollection services) => services.AddSingleton<VoiceQuality>().AddSingleton<HouseQuality>();

    public static void MapVoiceQuality(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/admin/voice-quality", (HouseQuality quality, CancellationToken ct) => quality.ReportAsync(ct))
            .RequireAuthorization(Roles.Operator)
            .WithTags("admin")
            .WithSummary("How well visitors were heard: the last 1,000 sessions of the last day, {} without any; while the store is away those of the replica that answers.");
}

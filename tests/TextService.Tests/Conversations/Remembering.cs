using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests.Conversations;

/// <summary>Services that share a real Redis, and how a session is asked.</summary>
internal static class Remembering
{
    public static async Task<RunningService> StartAsync(RedisServer redis, params (string, string)[] settings)
    {
        var service = await RunningService.StartAsync([("Museum:Content", MuseumContent.Few), ("ConnectionStrings:redis", redis.ConnectionString), .. RunningService.PatientRedis, .. settings]);
        await service.CapabilityAsync("store", "ok");
        return service;
    }

    public static ConverseStart Start(string text, long turn, Scene? scene = null) => new() { Text = text, TurnId = turn, EnableRetrieval = true, Scene = scene };

    public static Tour TourOf(this IEnumerable<ConverseResponse> parts) => parts.Single(p => p.KindCase == Kind.Tour).Tour;

    public static string? SourceOf(this IEnumerable<ConverseResponse> parts) => parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits.FirstOrDefault()?.Id;
}

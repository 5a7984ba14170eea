using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;

namespace Museum.VoiceCallService.Quality;

/// <summary>
/// How well the visitors of the whole house were heard: every replica adds its sessions to one list in the store, and any of them reports
/// all. While the store is away a replica reports its own.
/// <code>
/// museum:voice-quality   "list"   the latest 1,000 sessions, newest first, without their names; a day after the last it is gone
/// </code>
/// </summary>
internal sealed class HouseQuality(VoiceQuality own, RedisStore redis, TimeProvider time)
{
    private const string Key = "museum:voice-quality";

    /// <summary>A session has ended.</summary>
    public async Task RecordAsync(SessionQuality quality)
    {
        own.Record(quality);
        var kept = JsonSerializer.SerializeToUtf8Bytes(new Kept(time.GetUtcNow(), quality), ProtocolJson.Options);
        try
        {
            await redis.RunAsync(
                async db =>
                {
                    await db.ListLeftPushAsync(Key, kept);
                    await db.ListTrimAsync(Key, 0, VoiceQuality.MostSessions - 1);
                    return await db.KeyExpireAsync(Key, VoiceQuality.Window);
                },
                CancellationToken.None);
        }
        catch (DependencyException)
        {
            // This replica remembers it.
        }
    }

    public async Task<VoiceQualityReport> ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await redis.RunAsync(db => db.ListRangeAsync(Key), cancellationToken);
            var since = time.GetUtcNow() - VoiceQuality.Window;
            var all = list.Reverse().Select(entry => JsonSerializer.Deserialize<Kept>((byte[])entry!, ProtocolJson.Options)!);
            return VoiceQualityReport.Of([.. all.Where(k => k.At >= since).Select(k => k.Quality)]);
        }
        catch (DependencyException)
        {
            return own.Report();
        }
    }

    private sealed record Kept(DateTimeOffset At, SessionQuality Quality);
}

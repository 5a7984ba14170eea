using System.Collections.Concurrent;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;

namespace Museum.VoiceCallService.Sessions;

/// <summary>Numbers the turns of a session, upwards on every replica. Without the store, upwards on this one.</summary>
internal sealed class TurnNumbers(RedisStore redis)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(2);
    private readonly ConcurrentDictionary<string, long> last = new();

    public async Task<long> NextAsync(string session, CancellationToken cancellationToken)
    {
        var stored = 0L;
        try
        {
            stored = await redis.RunAsync(
                async db =>
                {
                    var key = "museum:turns:" + session;
                    var next = db.StringIncrementAsync(key);
                    _ = db.KeyExpireAsync(key, KeepFor, StackExchange.Redis.CommandFlags.FireAndForget);
                    return await next;
                },
                cancellationToken);
        }
        catch (DependencyException)
        {
            // Away: go on from what this replica knows.
        }

        return last.AddOrUpdate(session, Math.Max(stored, 1), (_, known) => Math.Max(stored, known + 1));
    }

    public void Forget(string session) => last.TryRemove(session, out _);
}

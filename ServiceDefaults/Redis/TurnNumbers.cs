using System.Collections.Concurrent;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Redis;

/// <summary>Numbers the turns of a session, upwards on every replica and through every door. Without the store, upwards in this process.</summary>
public sealed class TurnNumbers(RedisStore redis, TimeProvider time)
{
    /// <summary>Beyond it, sessions that said nothing for two hours are forgotten; 100 bytes each.</summary>
    private const int MaxSessions = 10_000;

    /// <summary>
    /// A store that came back empty is told where this replica is: the next replica, which knows only the store, would otherwise give
    /// numbers that the voice has seen before, and the visitor would hear nothing.
    /// </summary>
    private const string NextScript = """
        local turn = math.max(redis.call('INCR', KEYS[1]), tonumber(ARGV[1]))
        redis.call('SET', KEYS[1], turn, 'EX', ARGV[2])
        return turn
        """;

    /// <summary>After so long a silence a session's numbers begin anew.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, (long Turn, long At)> last = new();

    public async Task<long> NextAsync(string session, CancellationToken cancellationToken)
    {
        var stored = 0L;
        try
        {
            var atLeast = last.TryGetValue(session, out var here) ? here.Turn + 1 : 1;
            stored = await redis.RunAsync(
                async db => (long)await db.ScriptEvaluateAsync(NextScript, ["museum:turns:" + session], [atLeast, (long)KeepFor.TotalSeconds]),
                cancellationToken);
        }
        catch (DependencyException)
        {
            // Away: go on from what this replica knows.
        }

        if (last.Count > MaxSessions)
        {
            Sweep();
        }

        var now = time.GetTimestamp();
        return last.AddOrUpdate(session, (Math.Max(stored, 1), now), (_, known) => (Math.Max(stored, known.Turn + 1), now)).Turn;
    }

    private void Sweep()
    {
        foreach (var (session, known) in last)
        {
            if (time.GetElapsedTime(known.At) > KeepFor)
            {
                last.TryRemove(session, out _);
            }
        }
    }
}

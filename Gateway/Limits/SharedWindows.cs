using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Scheduling;
using StackExchange.Redis;

namespace Museum.Gateway.Limits;

/// <summary>
/// What all gateways together have let through, by caller, in Redis. The first request that gets no answer in time ends it for all: from
/// then on nothing waits for Redis, until it is asked again after 0.5, 1, 2, 4, then every 5 s, and answers.
/// </summary>
internal sealed class SharedWindows : IHostedService, IDisposable
{
    public const string Capability = "rate_limit";

    /// <summary><see cref="SlidingWindow"/>, by the clock of Redis; one script, so that two gateways never both give the last permit.</summary>
    private const string TakeScript = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local limit, length, segments = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local current = math.floor(now / length)
        local used, oldest, admitted = 0, current, 0
        local counts = redis.call('HGETALL', KEYS[1])
        for i = 1, #counts, 2 do
            local segment = tonumber(counts[i])
            if segment < current - segments then
                redis.call('HDEL', KEYS[1], counts[i])
            else
                used = used + tonumber(counts[i + 1])
                oldest = math.min(oldest, segment)
            end
        end
        if used < limit then
            used, admitted = used + 1, 1
            redis.call('HINCRBY', KEYS[1], string.format('%d', current), 1)
            redis.call('PEXPIRE', KEYS[1], string.format('%d', length * (segments + 1)))
        end
        return {admitted, math.max(0, limit - used), (oldest + segments + 1) * length - now}
        """;

    private readonly RedisStore redis;
    private readonly IOptionsMonitor<RateLimitOptions> options;
    private readonly Capabilities capabilities;
    private readonly TimeProvider time;
    private readonly RecurringWork probing;

    // While Redis is well the requests themselves tell.
    private readonly ProbeSchedule schedule = new(Timeout.InfiniteTimeSpan);
    private int away;

    public SharedWindows(RedisStore redis, IOptionsMonitor<RateLimitOptions> options, Capabilities capabilities, WorkScheduler scheduler, TimeProvider time)
    {
        (this.redis, this.options, this.capabilities, this.time) = (redis, options, capabilities, time);
        probing = new RecurringWork(scheduler, "rate_limit_probe", ProbeAsync, WorkPriority.High);
    }

    /// <returns>Null: this gateway has to count for itself.</returns>
    public async ValueTask<Verdict?> TakeAsync(Allowance allowance, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref away) != 0)
        {
            return null;
        }

        try
        {
            return await AskAsync(db => db.ScriptEvaluateAsync(TakeScript, [allowance.Key], [allowance.Limit, SlidingWindow.LengthOf(allowance), SlidingWindow.Segments]), Read, cancellationToken);
        }
        catch (Exception e) when (e is DependencyException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            GoAway(first: false);
            return null;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        GoAway(first: true);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        probing.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => probing.Dispose();

    private static Verdict Read(RedisResult result)
    {
        var numbers = (long[])result!;
        return new(numbers[0] == 1, (int)numbers[1], TimeSpan.FromMilliseconds(numbers[2]));
    }

    private async Task<TResult> AskAsync<T, TResult>(Func<IDatabase, Task<T>> call, Func<T, TResult> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.CurrentValue.StoreTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        return read(await redis.RunAsync(call, both.Token));
    }

    private void GoAway(bool first)
    {
        if (Interlocked.Exchange(ref away, 1) == 0)
        {
            capabilities.Report(Capability, CapabilityState.Degraded, "Redis does not answer: each gateway counts for itself.");
            probing.Start(first ? TimeSpan.Zero : schedule.Away());
        }
    }

    private async Task<TimeSpan> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(db => db.PingAsync(), _ => true, cancellationToken);
        }
        catch (Exception e) when (e is DependencyException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return schedule.Away();
        }

        var pause = schedule.Well();
        capabilities.Report(Capability, CapabilityState.Ok);
        // Last: from here on a request may find Redis away again.
        Volatile.Write(ref away, 0);
        return pause;
    }
}

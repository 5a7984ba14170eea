using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Limits;

/// <summary>
/// Admits so many requests at once as the machine bears (<see cref="AdaptiveCount"/>), fairly between sessions (<see cref="FairQueue"/>).
/// It limits concurrency, not rate: a lease is held until the work is done. The framework's limiter, partitioned by session.
/// </summary>
public sealed class AdaptiveLimiter : PartitionedRateLimiter<string>
{
    private readonly Lock sync = new();
    private readonly FairQueue queue = new();
    private readonly AdaptiveCount count;
    private readonly IOptionsMonitor<LimitOptions> monitor;
    private readonly IDisposable? changes;
    private readonly LimitMetrics metrics;
    private readonly TimeProvider time;
    private LimitOptions options;
    private double averageService;
    private long admitted;
    private long refused;
    private int inFlight;

    /// <param name="name">Of <c>Limits:NAME</c> and of the metrics' tag.</param>
    /// <param name="monitor">Those named <paramref name="name"/> are followed.</param>
    /// <param name="metrics">The service's.</param>
    /// <param name="time">The clock.</param>
    public AdaptiveLimiter(string name, IOptionsMonitor<LimitOptions> monitor, LimitMetrics metrics, TimeProvider time)
    {
        (Name, this.monitor, this.metrics, this.time) = (name, monitor, metrics, time);
        options = monitor.Get(name);
        count = new AdaptiveCount(time) { Limit = options.Base };
        changes = monitor.OnChange((_, _) => Follow());
        metrics.Add(this);
    }

    public string Name { get; }

    public int Limit => count.Limit;

    public int InFlight => inFlight;

    public int Queued => queue.Count;

    /// <summary>How long admitted work, of whatever kind, had to wait for what this limit protects: a thread, an engine.</summary>
    public void Observe(TimeSpan wait)
    {
        lock (sync)
        {
            count.Observe(wait);
            Adapt(time.GetTimestamp());
        }
    }

    /// <param name="resource">Any session's: all see the same.</param>
    public override RateLimiterStatistics GetStatistics(string resource) => new()
    {
        CurrentAvailablePermits = Math.Max(0, Limit - InFlight),
        CurrentQueuedCount = Queued,
        TotalSuccessfulLeases = Interlocked.Read(ref admitted),
        TotalFailedLeases = Interlocked.Read(ref refused),
    };

    internal void Release(long since)
    {
        lock (sync)
        {
            var now = time.GetTimestamp();
            var service = time.GetElapsedTime(since, now).TotalSeconds;
            averageService = averageService == 0 ? service : averageService + (0.1 * (service - averageService));
            inFlight--;
            Adapt(now);
        }
    }

    protected override RateLimitLease AttemptAcquireCore(string resource, int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (sync)
        {
            return TryAdmit() is { } lease ? lease : Refuse();
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(string resource, int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, 1);
        lock (sync)
        {
            if (TryAdmit() is { } lease)
            {
                metrics.Waited(Name, TimeSpan.Zero);
                return new(lease);
            }

            var places = Math.Max(1, options.Queue / 4);
            return queue.Count < options.Queue && queue.CountOf(resource) < places
                ? WaitAsync(queue.Add(resource), options.Timeout, cancellationToken)
                : new(Refuse());
        }
    }

    protected override void Dispose(bool disposing)
    {
        changes?.Dispose();
        metrics.Remove(this);
        base.Dispose(disposing);
    }

    private async ValueTask<RateLimitLease> WaitAsync(FairQueue.Waiter waiter, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            await waiter.Place.Value.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (sync)
            {
                var waits = queue.Remove(waiter);
                if (waits && e is TimeoutException)
                {
                    return Refuse();
                }

                if (e is OperationCanceledException)
                {
                    if (!waits)
                    {
                        // Admitted in the same moment.
                        inFlight--;
                        Serve();
                    }

                    throw;
                }
            }
        }

        metrics.Waited(Name, time.GetElapsedTime(began));
        return new AdmittedLease(this, time.GetTimestamp());
    }

    private AdmittedLease? TryAdmit()
    {
        if (queue.Count > 0 || inFlight >= count.Limit)
        {
            count.Reached();
            return null;
        }

        Admit();
        return new AdmittedLease(this, time.GetTimestamp());
    }

    private void Admit()
    {
        inFlight++;
        admitted++;
    }

    /// <summary>By the time the requests before it take: those in the queue and those being worked on.</summary>
    private RefusedLease Refuse()
    {
        refused++;
        metrics.Refused(Name);
        return new(TimeSpan.FromSeconds(Math.Clamp(averageService * (queue.Count + 1) / count.Limit, 1, 30)));
    }

    private void Adapt(long now)
    {
        if (queue.Count > 0)
        {
            count.Reached();
        }

        count.Adapt(options, now);
        Serve();
    }

    private void Serve()
    {
        while (inFlight < count.Limit && queue.Take() is { } next)
        {
            Admit();
            next.SetResult();
        }
    }

    private void Follow()
    {
        lock (sync)
        {
            options = monitor.Get(Name);
            count.Limit = Math.Clamp(count.Limit, options.Min, options.Max);
            Serve();
        }
    }
}

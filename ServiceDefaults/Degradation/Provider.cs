using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Polly;
using Polly.CircuitBreaker;

namespace Museum.ServiceDefaults.Degradation;

/// <summary>
/// One provider, and whether it is up:
/// <code>
/// loading ── loaded ──► up ── a probe fails, or a call that another can do ──► down ── two good probes in a row ──► up
///    └── fails ──► down                                                         ▲                                  │
///                                                                               └── one failed call within 30 s ───┘
/// </code>
/// The only provider of a capability is probed at once when a call fails, and goes down when its breaker opens. One that falls back within
/// 30 s was never well: its pauses go on growing where they were.
/// </summary>
public sealed partial class Provider<T>
    where T : class
{
    private const int ProofsNeeded = 2;
    private static readonly TimeSpan LoadWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly ProviderPlan<T> plan;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Breaker? breaker;
    private readonly ProbeSchedule schedule = new(LookEvery);
    private readonly Lock gate = new();
    private TaskCompletionSource wake = NewSignal();
    private readonly TaskCompletionSource started = NewSignal();
    private Task<T>? loading;
    private T? instance;
    private string? reason;
    private bool isProving;
    private int proofs;
    private int trips;
    private long lookedAt;
    private bool looked;

    internal Provider(ProviderPlan<T> plan, Pipelines pipelines, TimeProvider time, ILogger logger)
    {
        (this.plan, this.time, this.logger) = (plan, time, logger);
        breaker = plan.Pipeline is { } name ? pipelines.BreakerOf(name) : null;
        Pipeline = () => plan.Pipeline is { } name ? pipelines.Of(name) : ResiliencePipeline.Empty;
        if (breaker is not null)
        {
            // Other calls than a capability's may open it.
            breaker.Changed += () =>
            {
                if (breaker.IsOpen)
                {
                    Failed(ErrorInfo.Of(new BrokenCircuitException()), isSpared: false);
                }
            };
        }
    }

    /// <summary>Raised when it goes down, when it comes back, and when it is down for another reason.</summary>
    public event Action? Changed;

    public string Name => plan.Name;

    /// <summary>Why it is down; null: it is up, or was never looked at.</summary>
    public string? Reason => Volatile.Read(ref reason);

    public bool IsUp => Instance is not null && Reason is null && breaker is not { IsOpen: true };

    internal T? Instance => Volatile.Read(ref instance);

    internal Func<ResiliencePipeline> Pipeline { get; }

    /// <summary>It is loading for the first time, and nobody knows how that ends.</summary>
    internal bool IsStarting => !started.Task.IsCompleted;

    internal Task Started => started.Task;

    /// <summary>Begins to load, once; what loads at once is up when this returns.</summary>
    internal void Start()
    {
        lock (gate)
        {
            // By nobody's token: what loads slowly goes on loading, whoever asked for it first.
            loading ??= LoadAsync(CancellationToken.None);
        }

        if (loading.IsCompletedSuccessfully)
        {
            Volatile.Write(ref instance, loading.Result);
            started.TrySetResult();
        }
    }

    /// <summary>Looks after it until the process ends.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var before = Volatile.Read(ref trips);
                var look = await LookAsync(cancellationToken);
                await PauseAsync(await NoteAsync(look, before, cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>A call failed, and that speaks against the provider.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="isSpared">Another is up and can do without it; the only one is not given up for one call.</param>
    internal void Failed(ErrorInfo error, bool isSpared)
    {
        var fell = false;
        lock (gate)
        {
            if (reason is not null)
            {
                return;
            }

            if (isSpared || isProving || !error.Retryable || breaker is { IsOpen: true })
            {
                trips++;
                (reason, fell) = ($"{Name}: {error.Message}", true);
            }

            wake.TrySetResult();
        }

        if (fell)
        {
            LogDown(logger, Name, error.Code);
            Changed?.Invoke();
        }
    }

    private Task<T> LoadAsync(CancellationToken cancellationToken) => WithinAsync(LoadWithin, plan.Load, cancellationToken);

    private async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Instance is null)
            {
                Start();
                Volatile.Write(ref instance, await loading!.WaitAsync(cancellationToken));
                started.TrySetResult();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            lock (gate)
            {
                loading = null;
            }

            LogNotLoaded(logger, Recovery.Of(e).IsDefect ? e : null, Name, e.Message);
            return new(IsLate(e) ? $"{Name} could not be loaded within {LoadWithin.TotalSeconds} s." : $"{Name} could not be loaded: {e.Message}");
        }

        lookedAt = time.GetTimestamp();
        try
        {
            return new(await WithinAsync(ProbeWithin, token => plan.Probe(Instance!, token), cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Recovery.Of(e).IsDefect)
        {
            // That the probe is broken says nothing about the provider.
            LogProbeBroken(logger, e, Name);
            return new(Reason, IsBlind: true);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(IsLate(e) ? $"{Name} does not answer." : $"{Name}: {e.Message}");
        }
    }

    /// <returns>When to look again.</returns>
    private async Task<TimeSpan> NoteAsync(Look look, int before, CancellationToken cancellationToken)
    {
        var was = Reason;
        var back = false;
        TimeSpan pause;
        lock (gate)
        {
            if (trips != before)
            {
                // A call failed meanwhile; what was seen is of before.
                return TimeSpan.Zero;
            }

            back = was is not null && look.Reason is null && ++proofs >= ProofsNeeded;
            if (look.Reason is not null)
            {
                (reason, proofs, isProving, pause) = (look.Reason, 0, false, schedule.Away());
            }
            else if (was is null)
            {
                (isProving, pause) = (false, schedule.Well());
            }
            else
            {
                pause = back ? LookEvery : ProbeSchedule.Shortest;
            }
        }

        if (back)
        {
            await (breaker?.CloseAsync(cancellationToken) ?? Task.CompletedTask);
            lock (gate)
            {
                (reason, proofs, isProving) = (null, 0, true);
            }

            LogBack(logger, Name);
        }
        else if (was is null && look.Reason is { } fallen)
        {
            LogDown(logger, Name, fallen);
        }

        started.TrySetResult();
        if (!looked || was != Reason)
        {
            looked = true;
            Changed?.Invoke();
        }

        return pause;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await wake.Task.WaitAsync(pause, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (gate)
        {
            wake = NewSignal();
            // One that fell has just shown how it is; one that failed a call is asked at once, but not for every call of a bad moment.
            pause = reason is not null ? schedule.Away() : ProbeSchedule.Shortest - time.GetElapsedTime(lookedAt);
        }

        await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken);
    }

    /// <summary>Also for what does not look at its token.</summary>
    private async Task<TResult> WithinAsync<TResult>(TimeSpan within, Func<CancellationToken, ValueTask<TResult>> act, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await act(both.Token).AsTask().WaitAsync(within, time, cancellationToken);
    }

    private static bool IsLate(Exception e) => e is TimeoutException or OperationCanceledException;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} is down: {Reason}")]
    private static partial void LogDown(ILogger logger, string provider, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} is back")]
    private static partial void LogBack(ILogger logger, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} could not be loaded: {Reason}")]
    private static partial void LogNotLoaded(ILogger logger, Exception? exception, string provider, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The probe of {Provider} is broken")]
    private static partial void LogProbeBroken(ILogger logger, Exception exception, string provider);

    /// <summary><c>Reason</c> null: well.</summary>
    private readonly record struct Look(string? Reason, bool IsBlind = false);
}

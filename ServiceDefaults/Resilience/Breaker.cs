using Polly.CircuitBreaker;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>One dependency's circuit breaker, to look at and to close.</summary>
public sealed class Breaker(TimeProvider time)
{
    // Polly wants new ones for every pipeline that it builds; a change of settings builds one.
    private volatile CircuitBreakerStateProvider? state;
    private volatile CircuitBreakerManualControl? control;
    private bool closed = true;
    private long since = time.GetUtcNow().UtcTicks;

    /// <summary>Raised when it opens and when it closes.</summary>
    public event Action? Changed;

    public CircuitState State => state?.CircuitState ?? CircuitState.Closed;

    public bool IsOpen => State is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Since when calls go through, or since when they do not: a call that is let through to try (half open) begins neither anew.</summary>
    public DateTimeOffset Since => new(Interlocked.Read(ref since), TimeSpan.Zero);

    /// <summary>Whoever knows better than the last calls (a probe) lets calls through again.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => control?.CloseAsync(cancellationToken) ?? Task.CompletedTask;

    internal CircuitBreakerStrategyOptions Watch(CircuitBreakerStrategyOptions options)
    {
        (options.StateProvider, options.ManualControl) = (state, control) = (new(), new());
        options.OnOpened = _ =>
        {
            Tell(closes: false);
            return default;
        };
        options.OnClosed = _ =>
        {
            Tell(closes: true);
            return default;
        };
        if (!closed)
        {
            // The new pipeline begins closed, whatever the one before it was.
            Tell(closes: true);
        }

        return options;
    }

    private void Tell(bool closes)
    {
        if (Interlocked.Exchange(ref closed, closes) != closes)
        {
            Interlocked.Exchange(ref since, time.GetUtcNow().UtcTicks);
        }

        Changed?.Invoke();
    }
}

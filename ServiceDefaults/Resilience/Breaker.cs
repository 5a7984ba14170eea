using Polly.CircuitBreaker;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>One dependency's circuit breaker, to look at and to close.</summary>
public sealed class Breaker
{
    // Polly wants new ones for every pipeline that it builds; a change of settings builds one.
    private volatile CircuitBreakerStateProvider? state;
    private volatile CircuitBreakerManualControl? control;

    /// <summary>Raised when it opens and when it closes.</summary>
    public event Action? Changed;

    public CircuitState State => state?.CircuitState ?? CircuitState.Closed;

    public bool IsOpen => State is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Whoever knows better than the last calls (a probe) lets calls through again.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => control?.CloseAsync(cancellationToken) ?? Task.CompletedTask;

    internal CircuitBreakerStrategyOptions Watch(CircuitBreakerStrategyOptions options)
    {
        (options.StateProvider, options.ManualControl) = (state, control) = (new(), new());
        options.OnOpened = _ => Tell();
        options.OnClosed = _ => Tell();
        return options;
    }

    private ValueTask Tell()
    {
        Changed?.Invoke();
        return default;
    }
}

using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Degradation;

/// <summary>
/// Something that a visitor wants done, and who can do it, the best first. A call goes to the best provider that is up, and on to the
/// next when it fails in a way that is not the caller's fault; it finishes where it began. What the capability is like is reported to
/// <see cref="Capabilities"/>: ok with its best provider, degraded with a lesser one, away with none.
/// </summary>
public sealed partial class Capability<T>
    where T : class
{
    private readonly Capabilities board;
    private readonly ILogger logger;
    private readonly Lock telling = new();

    internal Capability(string name, IReadOnlyList<Provider<T>> providers, Capabilities board, ILogger logger)
    {
        (Name, Providers, this.board, this.logger) = (name, providers, board, logger);
        foreach (var provider in providers)
        {
            provider.Changed += Tell;
        }
    }

    public string Name { get; }

    public IReadOnlyList<Provider<T>> Providers { get; }

    /// <summary>What it is now, and why it is not all there.</summary>
    public (CapabilityState State, string? Reason) Reading
    {
        get
        {
            var missing = Providers.TakeWhile(p => !p.IsUp).ToArray();
            var state = missing.Length == 0 ? CapabilityState.Ok : missing.Length < Providers.Count ? CapabilityState.Degraded : CapabilityState.Away;
            return (state, state == CapabilityState.Ok ? null : string.Join("; ", missing.Select(p => p.Reason ?? $"{p.Name} is not ready yet.").Distinct()));
        }
    }

    /// <param name="call">Made through the provider's pipeline, once per provider that is tried.</param>
    /// <param name="cancellationToken">Ends the call, and no other provider is tried.</param>
    /// <param name="turn">Of whose budget the attempts are; null: of none.</param>
    /// <param name="suits">Which providers may be asked; null: all.</param>
    /// <exception cref="DependencyException"><c>NAME_away</c> (of <c>voice.en</c>: <c>voice_away</c>): no provider is up. Else what the last one that was tried said.</exception>
    public Task<TResult> UseAsync<TResult>(
        Func<T, CancellationToken, Task<TResult>> call, CancellationToken cancellationToken, TurnBudget? turn = null, Func<T, bool>? suits = null) => TryAsync(
            (provider, instance) => turn is null
                ? provider.Pipeline().ExecuteAsync(async attempt => await call(instance, attempt), cancellationToken).AsTask()
                : turn.RunAsync(provider.Pipeline(), attempt => call(instance, attempt), cancellationToken),
            suits,
            cancellationToken);

    /// <summary>As <see cref="UseAsync"/>, until the first element is there; after it the stream stays with its provider, whatever happens.</summary>
    public Task<(T Provider, OpenedStream<TElement> Stream)> OpenStreamAsync<TElement>(
        Func<T, CancellationToken, IAsyncEnumerable<TElement>> start, CancellationToken cancellationToken, TurnBudget? turn = null, Func<T, bool>? suits = null) => TryAsync(
            async (provider, instance) => (instance, await provider.Pipeline().OpenStreamAsync(token => start(instance, token), turn, cancellationToken)),
            suits,
            cancellationToken);

    internal void Tell()
    {
        lock (telling)
        {
            // Nothing is told before the better ones have shown whether they are there.
            if (!Providers.TakeWhile(p => !p.IsUp).Any(p => p.IsStarting))
            {
                var (state, reason) = Reading;
                board.Report(Name, state, reason);
            }
        }
    }

    private async Task<TResult> TryAsync<TResult>(Func<Provider<T>, T, Task<TResult>> attempt, Func<T, bool>? suits, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var provider in await UpAsync(cancellationToken))
        {
            if (provider.Instance is not { } instance || suits?.Invoke(instance) == false)
            {
                continue;
            }

            try
            {
                return await attempt(provider, instance);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && Recovery.Of(e).TriesNext)
            {
                failure = ExceptionDispatchInfo.Capture(e);
                Blame(provider, e);
            }
        }

        failure?.Throw();
        throw new DependencyException(Name.Split('.')[0] + "_away", $"{Name} is away at the moment.");
    }

    private void Blame(Provider<T> provider, Exception e)
    {
        var (error, recovery) = (ErrorInfo.Of(e), Recovery.Of(e));
        if (recovery.Blames)
        {
            provider.Failed(error, isSpared: Providers.Any(p => p != provider && p.IsUp));
        }

        if (recovery.IsDefect)
        {
            LogDefect(logger, e, provider.Name, Name);
        }
        else
        {
            LogFailed(logger, provider.Name, Name, error.Category, error.Code);
        }
    }

    /// <summary>At the very start nobody may be up yet: whoever is still loading is waited for then, and only then.</summary>
    private async ValueTask<IEnumerable<Provider<T>>> UpAsync(CancellationToken cancellationToken)
    {
        while (!Providers.Any(p => p.IsUp) && Providers.Where(p => p.IsStarting).ToArray() is { Length: > 0 } starting)
        {
            Array.ForEach(starting, p => p.Start());
            await Task.WhenAny(starting.Select(p => p.Started)).WaitAsync(cancellationToken);
        }

        return Providers.Where(p => p.IsUp);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} has a defect; {Capability} goes on with the next")]
    private static partial void LogDefect(ILogger logger, Exception exception, string provider, string capability);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} failed, {Capability} goes on with the next: {Category} {Code}")]
    private static partial void LogFailed(ILogger logger, string provider, string capability, ErrorCategory category, string code);
}

using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The request stream of a call.</summary>
internal sealed class ServerRequestReader<TRequest>(ServerCall call, Marshaller<TRequest> marshaller) : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private static readonly Task<bool> s_true = Task.FromResult(true);
    private static readonly Task<bool> s_false = Task.FromResult(false);

    private TRequest? _current;
    private int _isReading;
    private volatile bool _hasEnded;

    public TRequest Current => _current ?? throw new InvalidOperationException("No current message: MoveNext has not returned true.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return Task.FromException<bool>(new InvalidOperationException("Can't read messages after the request is complete."));
        }

        if (Interlocked.Exchange(ref _isReading, 1) != 0)
        {
            return Task.FromException<bool>(
                new InvalidOperationException("Can't read the next message because the previous read is still in progress."));
        }

        var read = cancellationToken.CanBeCanceled && cancellationToken != call.CancellationToken
            ? ReadLinkedAsync(cancellationToken)
            : ReadAsync(call.CancellationToken);
        return !read.IsCompletedSuccessfully ? read.AsTask() : read.Result ? s_true : s_false;
    }

    /// <summary>The service has returned.</summary>
    public void End() => _hasEnded = true;

    private async ValueTask<bool> ReadLinkedAsync(CancellationToken ct)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, call.CancellationToken);
        return await ReadAsync(both.Token).ConfigureAwait(false);
    }

    private async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            _current = await call.Reader.ReadAsync(marshaller.ContextualDeserializer, ct).ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }
}

/// <summary>The response stream of a call.</summary>
internal sealed class ServerResponseWriter<TResponse>(ServerCall call, Marshaller<TResponse> marshaller) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WriteCoreAsync(message, cancellationToken);
    }

    private async Task WriteCoreAsync(TResponse message, CancellationToken ct)
    {
        // Half a message cannot be taken back: cancelling a write ends the whole call.
        var registration = ct.CanBeCanceled && ct != call.CancellationToken
            ? ct.UnsafeRegister(static state => ((ServerCall)state!).Http.Abort(), call)
            : default;
        try
        {
            var flush = (WriteOptions?.Flags & WriteFlags.BufferHint) is null or 0;
            await call.Output.WriteAsync(message, marshaller.ContextualSerializer, WriteOptions, flush, call.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            registration.Unregister();
        }
    }
}

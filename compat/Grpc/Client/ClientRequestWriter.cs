using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The request stream of a call.</summary>
internal sealed class ClientRequestWriter<TRequest, TResponse>(
    ClientCall<TRequest, TResponse> call, RequestStreamContent content, int? maxSize) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly FrameWriter _writer = new(maxSize);
    private Stream? _stream;
    private int _isWriting;
    private bool _isCompleted;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isCompleted)
        {
            return Task.FromException(new InvalidOperationException("Request stream has already been completed."));
        }

        if (call.WriteRefusal() is { } refusal)
        {
            return Task.FromException(refusal);
        }

        return Interlocked.Exchange(ref _isWriting, 1) == 0
            ? WriteCoreAsync(message, cancellationToken)
            : Task.FromException(new InvalidOperationException("Can't write the message because the previous write is in progress."));
    }

    public Task CompleteAsync()
    {
        if (_isCompleted)
        {
            return Task.CompletedTask;
        }

        if (Volatile.Read(ref _isWriting) != 0)
        {
            return Task.FromException(new InvalidOperationException("Can't complete the request stream because a write is in progress."));
        }

        _isCompleted = true;
        _writer.Release();
        content.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, CancellationToken ct)
    {
        // Cancelling a write cancels the call: half a message cannot be taken back.
        var registration = ct.UnsafeRegister(static state => ((ClientCall<TRequest, TResponse>)state!).Cancel(), call);
        try
        {
            await SendAsync(call.Serialize(_writer, message, WriteOptions)).ConfigureAwait(false);
        }
        finally
        {
            registration.Unregister();
            Volatile.Write(ref _isWriting, 0);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame)
    {
        try
        {
            _stream ??= await content.TakeStreamAsync().ConfigureAwait(false);
            await _stream.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
            if ((WriteOptions?.Flags & WriteFlags.BufferHint) is null or 0)
            {
                await _stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            throw await call.WhyNotWrittenAsync(error).ConfigureAwait(false);
        }
    }
}

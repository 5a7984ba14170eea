using System.Diagnostics;
using System.Runtime.InteropServices;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.Remote;

/// <summary>
/// Sends an utterance while its transcripts come back. When the sending fails, whoever waits for results is told that instead of waiting
/// on; disposing it ends the sending, and waits until it has.
/// </summary>
internal sealed class SpeechUpload : IAsyncDisposable
{
    // 100 ms, as DashScope wants its messages: 1–16 KB.
    private const int MessageSamples = Transcript.SampleRate / 10;

    private readonly CancellationTokenSource life;
    private Task sending = Task.CompletedTask;
    private Exception? failure;
    private long samples;

    private SpeechUpload(CancellationToken ct) => life = CancellationTokenSource.CreateLinkedTokenSource(ct);

    /// <summary>Ends what waits for results.</summary>
    public CancellationToken Token => life.Token;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)Volatile.Read(ref samples) / Transcript.SampleRate);

    /// <summary>When the last of it was sent, by <see cref="Stopwatch"/>; null before.</summary>
    public long? EndedAt { get; private set; }

    /// <param name="audio">PCM16 at <see cref="Transcript.SampleRate"/>.</param>
    /// <param name="send">One message of little-endian samples.</param>
    /// <param name="finish">After the last.</param>
    /// <param name="ct">Ends it.</param>
    public static SpeechUpload Start(
        IAsyncEnumerable<ReadOnlyMemory<short>> audio, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send, Func<CancellationToken, Task> finish, CancellationToken ct)
    {
        var upload = new SpeechUpload(ct);
        upload.sending = upload.RunAsync(audio, send, finish);
        return upload;
    }

    /// <summary><paramref name="result"/>, or what the sending failed with.</summary>
    public async Task<T> OrFailureAsync<T>(ValueTask<T> result)
    {
        try
        {
            return await result;
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        await sending;
        life.Dispose();
    }

    /// <summary>Fails never: that is told to who waits for results.</summary>
    private async Task RunAsync(IAsyncEnumerable<ReadOnlyMemory<short>> audio, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send, Func<CancellationToken, Task> finish)
    {
        try
        {
            var message = new List<short>(MessageSamples);
            await foreach (var chunk in audio.WithCancellation(life.Token))
            {
                for (var at = 0; at < chunk.Length;)
                {
                    var part = chunk.Slice(at, Math.Min(MessageSamples - message.Count, chunk.Length - at));
                    message.AddRange(part.Span);
                    at += part.Length;
                    if (message.Count == MessageSamples)
                    {
                        await SendAsync(message, send);
                    }
                }
            }

            await SendAsync(message, send);
            EndedAt = Stopwatch.GetTimestamp();
            await finish(life.Token);
        }
        catch (Exception e)
        {
            failure = e;
            await life.CancelAsync();
        }
    }

    private async Task SendAsync(List<short> message, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send)
    {
        if (message.Count > 0)
        {
            await send(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(message)).ToArray(), life.Token);
            Volatile.Write(ref samples, samples + message.Count);
            message.Clear();
        }
    }
}

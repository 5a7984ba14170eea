using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Whisper.net.Native;

namespace Whisper.net;

/// <summary>Recognises one recording at a time, each on a thread of its own.</summary>
public sealed class WhisperProcessor : IAsyncDisposable, IDisposable
{
    private readonly nint context;
    private readonly FullParameters settings;
    private readonly bool withProbabilities;
    private readonly SemaphoreSlim busy = new(1);
    private readonly nint language;
    private readonly nint prompt;
    private bool isDisposed;

    internal WhisperProcessor(nint context, FullParameters settings, string? language, string? prompt, bool withProbabilities)
    {
        (this.context, this.settings, this.withProbabilities) = (context, settings, withProbabilities);
        (this.language, this.prompt) = (Marshal.StringToCoTaskMemUTF8(language), Marshal.StringToCoTaskMemUTF8(prompt));
        if (this.language != 0)
        {
            this.settings.Language = this.language;
        }

        this.settings.InitialPrompt = this.prompt;
    }

    public IAsyncEnumerable<SegmentData> ProcessAsync(float[] samples, CancellationToken cancellationToken = default) =>
        ProcessAsync(samples.AsMemory(), cancellationToken);

    /// <param name="samples">16 kHz, −1 to 1.</param>
    /// <param name="cancellationToken">Ends it within one operation of the network.</param>
    /// <exception cref="WhisperProcessingException">It failed.</exception>
    public async IAsyncEnumerable<SegmentData> ProcessAsync(ReadOnlyMemory<float> samples, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var run = new Run(this, stop.Token);
        var work = Task.Factory.StartNew(() => run.Process(samples), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            while (await run.NextAsync() is { } segment)
            {
                yield return segment;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await work;
    }

    public void Dispose()
    {
        if (busy.CurrentCount == 0)
        {
            throw new InvalidOperationException("Cannot dispose while processing, please use DisposeAsync instead.");
        }

        Free();
    }

    public async ValueTask DisposeAsync()
    {
        await busy.WaitAsync();
        busy.Release();
        Free();
    }

    private void Free()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            Marshal.FreeCoTaskMem(language);
            Marshal.FreeCoTaskMem(prompt);
            busy.Dispose();
        }
    }

    /// <summary>One recording.</summary>
    private sealed class Run(WhisperProcessor processor, CancellationToken ct) : IDisposable
    {
        private readonly ConcurrentQueue<SegmentData> segments = new();
        private readonly SemaphoreSlim told = new(0);

        /// <summary>Null: there are no more.</summary>
        public async Task<SegmentData?> NextAsync()
        {
            // Once per segment, and once at the end.
            await told.WaitAsync(CancellationToken.None);
            return segments.TryDequeue(out var segment) ? segment : null;
        }

        public void Dispose() => told.Dispose();

        public unsafe void Process(ReadOnlyMemory<float> samples)
        {
            var self = GCHandle.Alloc(this);
            nint state = 0;
            processor.busy.Wait(CancellationToken.None);
            try
            {
                state = WhisperLibrary.NewState(processor.context);
                if (state == 0)
                {
                    throw new WhisperProcessingException(-1);
                }

                var parameters = processor.settings;
                (parameters.NewSegment, parameters.NewSegmentData) = ((nint)(delegate* unmanaged[Cdecl]<nint, nint, int, nint, void>)&OnSegments, GCHandle.ToIntPtr(self));
                (parameters.Abort, parameters.AbortData) = ((nint)(delegate* unmanaged[Cdecl]<nint, byte>)&OnAbort, GCHandle.ToIntPtr(self));
                fixed (float* first = samples.Span)
                {
                    var result = WhisperLibrary.Process(processor.context, state, parameters, first, samples.Length);
                    if (result != 0 && !ct.IsCancellationRequested)
                    {
                        throw new WhisperProcessingException(result);
                    }
                }
            }
            finally
            {
                if (state != 0)
                {
                    WhisperLibrary.FreeState(state);
                }

                processor.busy.Release();
                self.Free();
                told.Release();
            }
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static byte OnAbort(nint run) => Of(run).IsCancelled ? (byte)1 : (byte)0;

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnSegments(nint context, nint state, int added, nint run)
        {
            var count = WhisperLibrary.Segments(state);
            for (var i = count - added; i < count; i++)
            {
                Of(run).Tell(SegmentReader.Read(context, state, i, Of(run).WithProbabilities));
            }
        }

        private static Run Of(nint run) => (Run)GCHandle.FromIntPtr(run).Target!;

        private bool IsCancelled => ct.IsCancellationRequested;

        private bool WithProbabilities => processor.withProbabilities;

        private void Tell(SegmentData segment)
        {
            segments.Enqueue(segment);
            told.Release();
        }
    }
}

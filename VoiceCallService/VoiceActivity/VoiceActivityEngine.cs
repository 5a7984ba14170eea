using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Telemetry;

namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>
/// One thread with the model, for all calls. It takes what waits, at most four windows, into one inference, and never waits for more: a
/// call alone has its answer as soon as it can be had.
/// </summary>
internal sealed class VoiceActivityEngine : IDisposable
{
    // Every call waits for its window before it sends the next, so this is the most calls that there may be (Limits:calls:Max).
    private const int MostCalls = 1_000;

    private const string ModelName = "silero";

    private readonly BlockingCollection<SpeechWindow> waiting = new(MostCalls);
    private readonly SileroModel model;
    private readonly Thread thread;
    // Around the goal of 0.1 ms a window; a window waits for as many as there are calls.
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1] };

    private readonly Histogram<double> duration;
    private readonly Histogram<double> lateness;
    private long worst;

    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The model cannot be loaded.</exception>
    public VoiceActivityEngine(string modelPath, IMeterFactory meters)
    {
        var meter = meters.Create("Museum.VoiceActivity");
        duration = meter.CreateHistogram("museum.vad.window", "s", "Inference time of one window of 32 ms.", advice: Buckets);
        lateness = meter.CreateHistogram("museum.vad.lateness", "s", "From a window's being there to its being judged.", advice: Buckets);
        model = new SileroModel(modelPath);
        thread = new Thread(Work) { IsBackground = true, Name = "voice activity" };
        thread.Start();
    }

    /// <returns>How probable it is that somebody speaks in the window.</returns>
    /// <exception cref="ResourceException">More calls than there may be.</exception>
    public ValueTask<float> ListenAsync(SpeechWindow window)
    {
        var listening = window.Begin();
        return waiting.TryAdd(window) ? listening : throw new ResourceException("too_many_calls", "Too many calls listen at once.");
    }

    /// <summary>
    /// The longest that a window has waited for its probability since this was last asked. For admission: above 32 ms
    /// the calls there are come faster than they can be heard.
    /// </summary>
    public TimeSpan TakeWorstLateness() => TimeSpan.FromTicks(Interlocked.Exchange(ref worst, 0));

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        model.Dispose();
        waiting.Dispose();
    }

    private void Work()
    {
        var batch = new SpeechWindow[SileroModel.MostWindows];
        while (waiting.TryTake(out var first, Timeout.Infinite))
        {
            (batch[0], var count) = (first, 1);
            while (count < batch.Length && waiting.TryTake(out var next))
            {
                batch[count++] = next;
            }

            Run(batch.AsSpan(0, count));
        }
    }

    private void Run(ReadOnlySpan<SpeechWindow> windows)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            model.Run(windows);
        }
        catch (Exception e)
        {
            foreach (var window in windows)
            {
                window.Fail(e);
            }

            return;
        }

        var each = Stopwatch.GetElapsedTime(started) / windows.Length;
        foreach (var window in windows)
        {
            duration.Record(each.TotalSeconds);
            InferenceDuration.Record(InferenceDuration.Vad, ModelName, each);
            Late(Stopwatch.GetElapsedTime(window.Since));
            window.Complete();
        }
    }

    /// <summary>Only this engine's thread raises it; who asks sets it back, and may lose one window by it.</summary>
    private void Late(TimeSpan late)
    {
        lateness.Record(late.TotalSeconds);
        if (late.Ticks > Interlocked.Read(ref worst))
        {
            Interlocked.Exchange(ref worst, late.Ticks);
        }
    }
}

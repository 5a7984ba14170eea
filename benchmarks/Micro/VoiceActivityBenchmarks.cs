using BenchmarkDotNet.Attributes;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.Benchmarks.Micro;

/// <summary>Every 32 ms of every call that is louder than its room go through the model; at twenty calls four of them at a time.</summary>
public class VoiceActivityBenchmarks : IDisposable
{
    private readonly SileroModel model = new(Path.Combine(AppContext.BaseDirectory, "models/silero_vad_v5.onnx"));
    private readonly SpeechWindow[] windows = [.. Enumerable.Range(0, SileroModel.MostWindows).Select(_ => new SpeechWindow())];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        foreach (var window in windows)
        {
            for (var i = 0; i < window.Samples.Length; i++)
            {
                window.Samples[i] = (float)((random.NextDouble() - 0.5) * 0.1);
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        model.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void One_window() => model.Run(windows.AsSpan(0, 1));

    // At most 0.1 ms a window.
    [Benchmark]
    [Goal(Nanoseconds = 400_000, Bytes = 1_000)]
    public void Four_windows() => model.Run(windows);
}

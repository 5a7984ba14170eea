using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>
/// 32 ms of a call on their way through the model. A call has one and uses it again and again: the next window is filled when this one's
/// probability is there.
/// </summary>
internal sealed class SpeechWindow : IValueTaskSource<float>
{
    private ManualResetValueTaskSourceCore<float> done = new() { RunContinuationsAsynchronously = true };

    /// <summary>16 kHz mono, from -1 to 1.</summary>
    public float[] Samples { get; } = new float[SileroModel.WindowSamples];

    public SileroState State { get; } = new();

    /// <summary>0 to 1, of the last run.</summary>
    public float Probability { get; set; }

    /// <summary>Since when it waits to be judged (stopwatch ticks).</summary>
    public long Since { get; private set; }

    /// <summary>Before it is put in line: whoever awaits it gets the probability.</summary>
    public ValueTask<float> Begin()
    {
        done.Reset();
        Since = Stopwatch.GetTimestamp();
        return new ValueTask<float>(this, done.Version);
    }

    public void Complete() => done.SetResult(Probability);

    public void Fail(Exception exception) => done.SetException(exception);

    public float GetResult(short token) => done.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        done.OnCompleted(continuation, state, token, flags);
}

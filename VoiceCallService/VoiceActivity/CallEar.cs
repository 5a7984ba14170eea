using System.Runtime.CompilerServices;

namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>What a call's sound changed, and where: samples at 16 kHz from the call's beginning.</summary>
internal readonly record struct SpeechEvent(SpeechChange Change, long AtSample);

/// <summary>
/// One call's voice activity: PCM in whatever pieces it comes → guard → windows of 32 ms → energy gate → Silero → state machine. Not
/// thread-safe: a call's sound comes in order.
/// </summary>
internal sealed class CallEar(VoiceActivityEngine engine, VoiceActivityOptions options)
{
    private readonly SpeechWindow window = new();
    private readonly SpeechDetector detector = new(options);
    private readonly NoiseFloor floor = new();
    private readonly SoundGuard guard = new();
    private int filled;

    /// <summary>Samples that have been judged.</summary>
    public long Judged { get; private set; }

    public SpeechPhase Phase => detector.Phase;

    /// <summary>How long somebody has spoken in this utterance, pauses left out.</summary>
    public TimeSpan Voiced => detector.Voiced;

    /// <summary>For how much of it that is beyond doubt.</summary>
    public TimeSpan Certain => detector.Certain;

    /// <summary>How long it has been silent since the last speech.</summary>
    public TimeSpan Silent => detector.Silent;

    /// <summary>How much silence ends this utterance; null: as configured. The words that were heard so far decide.</summary>
    public TimeSpan? EndAfter { get; set; }

    /// <param name="pcm">The next samples, 16 kHz mono; at most one window more than it has is looked at per call of the model.</param>
    /// <param name="changed">Told in order; an onset is told where the pre-roll begins.</param>
    /// <param name="ct">Gives the call up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask HearAsync(ReadOnlyMemory<short> pcm, Action<SpeechEvent> changed, CancellationToken ct)
    {
        while (pcm.Length > 0)
        {
            var taken = Math.Min(pcm.Length, SileroModel.WindowSamples - filled);
            guard.Clean(pcm.Span[..taken], window.Samples.AsSpan(filled));
            pcm = pcm[taken..];
            filled += taken;
            if (filled < SileroModel.WindowSamples)
            {
                return;
            }

            ct.ThrowIfCancellationRequested();
            filled = 0;
            Tell(await JudgeAsync(), changed);
        }
    }

    private ValueTask<float> JudgeAsync()
    {
        if (floor.IsAbove(guard.TakeEnergy() / SileroModel.WindowSamples) || detector.Phase != SpeechPhase.Silence)
        {
            return engine.ListenAsync(window);
        }

        // What follows is heard after this window, although the model did not hear it. Its memory stays: cleared, it notices who speaks again
        // 50 ms later at p50, and coughs pause the guide as often.
        window.Samples.AsSpan(SileroModel.WindowSamples - SileroState.ContextSamples).CopyTo(window.State.Context);
        return ValueTask.FromResult(0f);
    }

    private void Tell(float probability, Action<SpeechEvent> changed)
    {
        var began = Judged;
        Judged += SileroModel.WindowSamples;
        var change = detector.Next(probability, floor.Raised(guard.GainDb), EndAfter);
        if (change == SpeechChange.None)
        {
            return;
        }

        if (change is SpeechChange.Ended or SpeechChange.FalseAlarm)
        {
            EndAfter = null;
        }

        var preRoll = (long)(options.PreRoll.TotalSeconds * 16_000);
        changed(new SpeechEvent(change, change == SpeechChange.Onset ? Math.Max(0, began - preRoll) : Judged));
    }
}

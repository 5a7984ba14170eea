using Museum.VoiceCallService.BargeIn;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>Asks, ten times a second while somebody speaks, whether it is the guide itself that the microphone hears.</summary>
internal sealed class EchoWatch
{
    private const int AskEvery = UtteranceAudio.SampleRate / 10;

    // What the detector needs at the least, and what it can use at the most.
    private const int LeastSamples = UtteranceAudio.SampleRate * 32 / 100;

    // An echo is there from the guide's first word on, and nearly always: who has been silent beside so much of its voice hears it by
    // a headphone, or through a browser that takes it away.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time;
    private readonly EchoReference reference;
    private readonly EchoDetector detector;
    private readonly short[] newest = new short[LookBack.Samples];
    private long askAt;
    private TimeSpan unheard;

    public EchoWatch(TimeProvider time)
    {
        this.time = time;
        reference = new EchoReference(time);
        detector = new EchoDetector(reference);
    }

    public void Played(SoundPiece piece, long soundsAt) => reference.Played(piece.Pcm.Span, piece.SampleRate, soundsAt);

    /// <summary>The guide's voice stands still: what was sent and has not sounded will sound later, or never.</summary>
    public void Paused() => reference.Stopped(time.GetTimestamp());

    public void Resumed() => reference.Resumed(time.GetTimestamp());

    /// <summary>The guide has been speaking and the microphone did not hear it.</summary>
    public bool IsUnlikely => unheard >= Enough;

    /// <summary>The microphone hears nobody; the guide may be speaking.</summary>
    public void Nobody(TimeSpan lasts) => unheard += reference.IsLoud(time.GetTimestamp()) ? lasts : TimeSpan.Zero;

    /// <summary>What was heard was the guide.</summary>
    public void Found() => unheard = TimeSpan.Zero;

    /// <param name="utterance">Told what it sounds like.</param>
    /// <param name="microphone">What came so far.</param>
    public void Listen(CallUtterance utterance, LookBack microphone)
    {
        if (microphone.Total < askAt)
        {
            return;
        }

        askAt = microphone.Total + AskEvery;
        var count = microphone.Read(Math.Min(utterance.BeganAt, microphone.Total - LeastSamples), newest);
        utterance.Vote(detector.IsEcho(newest.AsSpan(0, count), time.GetTimestamp()));
    }
}

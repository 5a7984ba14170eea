namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>Where a call is between silence and speech.</summary>
internal enum SpeechPhase
{
    Silence,
    MaybeSpeech,
    Speech,
    MaybeEnd,
}

/// <summary>What a window changed.</summary>
internal enum SpeechChange
{
    None,

    /// <summary>Something sounds like speech: recognition may begin to listen.</summary>
    Onset,

    /// <summary>It was a click or a cough: forget it.</summary>
    FalseAlarm,

    /// <summary>Somebody speaks.</summary>
    Confirmed,

    /// <summary>Silence: the utterance may be over.</summary>
    Pause,

    /// <summary>It was not.</summary>
    Resumed,

    /// <summary>The utterance is over.</summary>
    Ended,
}

/// <summary>
/// The state machine over the windows' probabilities:
/// <code>
/// silence ── at the threshold ─► maybe speech ── enough speech ─► speech ── below the release threshold ─► maybe end ── enough silence ─► silence
///    ▲                              │ as much silence as speech                ▲                               │ at the release threshold
///    └──────────────────────────────┘                                          └───────────────────────────────┘
/// </code>
/// </summary>
internal sealed class SpeechDetector(VoiceActivityOptions options)
{
    /// <summary>32 ms.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(SileroModel.WindowSamples / 16_000.0);

    /// <summary>
    /// The model is this sure of nearly every window of speech, and of few of a cough's or a sneeze's: of the voiced ones it is of 58 to
    /// 100 % against 0 to 57 (recordings, and sentences of four voices).
    /// </summary>
    private const double Certainty = 0.9;

    private TimeSpan voiced;
    private TimeSpan certain;
    private TimeSpan silent;

    public SpeechPhase Phase { get; private set; }

    /// <summary>How long somebody has spoken in this utterance, pauses left out.</summary>
    public TimeSpan Voiced => voiced;

    /// <summary>For how much of <see cref="Voiced"/> it is beyond doubt that somebody speaks.</summary>
    public TimeSpan Certain => certain;

    /// <summary>How long it has been silent since the last speech; zero while somebody speaks.</summary>
    public TimeSpan Silent => silent;

    /// <param name="probability">Of the next window, 0 to 1.</param>
    /// <param name="raised">By how much the threshold is raised for the noise around.</param>
    /// <param name="end">How much silence ends the utterance; null: as configured.</param>
    public SpeechChange Next(double probability, double raised = 0, TimeSpan? end = null)
    {
        var speaks = probability >= (Phase == SpeechPhase.Silence ? options.Threshold : options.ReleaseThreshold) + raised;
        silent = speaks ? TimeSpan.Zero : silent + Window;
        voiced += speaks ? Window : TimeSpan.Zero;
        certain += probability >= Certainty ? Window : TimeSpan.Zero;
        return Phase switch
        {
            SpeechPhase.Silence => speaks ? Begin(probability) : SpeechChange.None,
            SpeechPhase.MaybeSpeech => Weigh(speaks),
            SpeechPhase.Speech => speaks ? SpeechChange.None : To(SpeechPhase.MaybeEnd, SpeechChange.Pause),
            _ when speaks => To(SpeechPhase.Speech, SpeechChange.Resumed),
            _ => silent >= (end ?? options.End) ? To(SpeechPhase.Silence, SpeechChange.Ended) : SpeechChange.None,
        };
    }

    private SpeechChange Begin(double probability)
    {
        voiced = Window;
        certain = probability >= Certainty ? Window : TimeSpan.Zero;
        return To(SpeechPhase.MaybeSpeech, SpeechChange.Onset);
    }

    /// <summary>A plosive is silent for 100 ms: only as much silence as there was speech, and no less than that, is a false alarm.</summary>
    private SpeechChange Weigh(bool speaks)
    {
        var plosive = TimeSpan.FromMilliseconds(100);
        if (!speaks)
        {
            return silent >= (voiced > plosive ? voiced : plosive) ? To(SpeechPhase.Silence, SpeechChange.FalseAlarm) : SpeechChange.None;
        }

        return voiced >= options.Confirm ? To(SpeechPhase.Speech, SpeechChange.Confirmed) : SpeechChange.None;
    }

    private SpeechChange To(SpeechPhase phase, SpeechChange change)
    {
        Phase = phase;
        return change;
    }
}

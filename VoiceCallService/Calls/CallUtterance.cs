using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>Something that the visitor says, from its first sound to what becomes of it.</summary>
internal sealed class CallUtterance : IDisposable
{
    /// <summary>So often in a row it must sound unlike the guide, once it has sounded like it: 300 ms.</summary>
    private const int SureOfSpeech = 3;

    private readonly CancellationTokenSource dropped;
    private volatile string hypothesis = "";
    private int echoes;
    private int speech;
    private int longestSpeech;

    /// <param name="beganAt">Its first sample, counted from the call's beginning.</param>
    /// <param name="callEnds">Whoever listens stops.</param>
    public CallUtterance(long beganAt, CancellationToken callEnds)
    {
        BeganAt = beganAt;
        dropped = CancellationTokenSource.CreateLinkedTokenSource(callEnds);
    }

    /// <summary>Its first sample, counted from the call's beginning.</summary>
    public long BeganAt { get; }

    public UtteranceAudio Audio { get; } = new();

    /// <summary>What was heard so far.</summary>
    public string Hypothesis => hypothesis;

    /// <summary>The hypothesis that the client was told last.</summary>
    public string Told { get; set; } = "";

    /// <summary>It is speech and no click.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>The client was told of it.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>How long somebody has spoken, pauses left out.</summary>
    public TimeSpan Voiced { get; set; }

    /// <summary>For how much of it that is beyond doubt: for most of speech, and for little of a cough or a sneeze.</summary>
    public TimeSpan Certain { get; set; }

    /// <summary>How long it has lasted since it was noticed, pauses and all.</summary>
    public TimeSpan Lasts { get; set; }

    /// <summary>There is no pause just now.</summary>
    public bool IsStillSpoken { get; set; }

    /// <summary>What was spoken before it without a pause, by the guide's echo.</summary>
    public TimeSpan VoicedBefore { get; set; }

    /// <summary>For how much of that it was beyond doubt.</summary>
    public TimeSpan CertainBefore { get; set; }

    /// <summary>It is, as far as is known, the guide's own voice.</summary>
    public bool IsEcho => echoes > 0 && longestSpeech < SureOfSpeech;

    /// <summary>The microphone has not heard the guide before: until it is sure to be an echo it is somebody who speaks.</summary>
    public bool EchoIsUnlikely { get; init; }

    /// <summary>It is followed as speech: the voice pauses, somebody listens. Only for an interruption an echo must be ruled out.</summary>
    public bool MayBeSpeech => EchoIsUnlikely || !IsEcho;

    /// <summary>The turn that is held for it; null: none.</summary>
    public Turn? Held { get; set; }

    /// <summary>A pause is answered at most once ahead.</summary>
    public bool WasForeseen { get; set; }

    /// <summary>The end of the last word, in ticks of the clock.</summary>
    public long EndedAt { get; set; }

    /// <summary>The silence that ended it.</summary>
    public TimeSpan Silence { get; set; }

    /// <summary>The final transcript; null: nobody listens to it yet.</summary>
    public Task<HeardUtterance>? Heard { get; private set; }

    /// <summary>The final transcript is there, or will never be.</summary>
    public bool IsReady { get; set; }

    /// <summary>Has it recognised beside.</summary>
    /// <param name="recognize">Who listens: told where to leave what it hears, and when to stop.</param>
    /// <param name="done">Told when the final transcript is there, or failed.</param>
    public void Listen(Func<UtteranceAudio, Action<string>, CancellationToken, Task<HeardUtterance>> recognize, Func<CallUtterance, Task> done)
    {
        Heard = recognize(Audio, text => hypothesis = text, dropped.Token);
        _ = TellAsync(done);
    }

    /// <summary>What it sounds like just now: the guide, or somebody else.</summary>
    public void Vote(bool echo)
    {
        speech = echo ? 0 : speech + 1;
        echoes += echo ? 1 : 0;
        longestSpeech = Math.Max(longestSpeech, speech);
    }

    /// <summary>It was nothing: whoever listens stops.</summary>
    public void Drop() => dropped.Cancel();

    public void Dispose()
    {
        Drop();
        Audio.Dispose();
        dropped.Dispose();
    }

    private async Task TellAsync(Func<CallUtterance, Task> done)
    {
        await ((Task)Heard!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await done(this);
    }
}

using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>Something that the visitor says, from its first sound to what becomes of it.</summary>
internal sealed class CallUtterance : IDisposable
{
    private readonly CancellationTokenSource dropped;
    private volatile string hypothesis = "";

    public CallUtterance(CancellationToken callEnds) => dropped = CancellationTokenSource.CreateLinkedTokenSource(callEnds);

    public UtteranceAudio Audio { get; } = new();

    /// <summary>What was heard so far.</summary>
    public string Hypothesis => hypothesis;

    /// <summary>The hypothesis that the client was told last.</summary>
    public string Told { get; set; } = "";

    /// <summary>It is speech and no click.</summary>
    public bool IsConfirmed { get; set; }

    public TimeSpan Voiced { get; set; }

    /// <summary>How often it sounded like the guide itself, and how often not.</summary>
    public int EchoVotes { get; set; }

    public int SpeechVotes { get; set; }

    public bool IsEcho => EchoVotes > SpeechVotes;

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

    public bool IsDropped => dropped.IsCancellationRequested;

    /// <summary>Has it recognised beside.</summary>
    /// <param name="recognize">Who listens: told where to leave what it hears, and when to stop.</param>
    /// <param name="done">Told when the final transcript is there, or failed.</param>
    public void Listen(Func<UtteranceAudio, Action<string>, CancellationToken, Task<HeardUtterance>> recognize, Func<CallUtterance, Task> done)
    {
        Heard = recognize(Audio, text => hypothesis = text, dropped.Token);
        _ = TellAsync(done);
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

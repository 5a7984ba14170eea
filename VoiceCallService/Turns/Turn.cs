using System.Diagnostics;
using System.Threading.Channels;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Resilience;
using Museum.Text.V1;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Turns;

/// <summary>One question and its answer, from the request to the last sound.</summary>
internal sealed class Turn : IDisposable
{
    private const int Running = 0;
    private const int Finished = 1;
    private const int Interrupted = 2;

    /// <summary>The turn's absolute deadline for its words; what is spoken then may still be played.</summary>
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource cancellation;
    private readonly TimeProvider time;
    private int state;

    /// <param name="session">Whose turn.</param>
    /// <param name="id">Upwards within the session.</param>
    /// <param name="requestId">The client's name for it.</param>
    /// <param name="text">The question.</param>
    /// <param name="time">The clock of its times.</param>
    /// <param name="lifetime">The call's: a turn does not outlive it.</param>
    public Turn(ClientSession session, long id, string requestId, string text, TimeProvider time, CancellationToken lifetime)
    {
        (Session, Id, RequestId, Text, this.time) = (session, id, requestId, text, time);
        StartedAt = time.GetTimestamp();
        Pause = new VoicePause(time);
        Budget = new TurnBudget(AnswerDeadline, time);
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(lifetime);
        Cancelled = cancellation.Token;
    }

    public ClientSession Session { get; }

    /// <summary>Upwards within the session.</summary>
    public long Id { get; }

    public string RequestId { get; }

    public string Text { get; }

    /// <summary>When it was asked, in ticks of the clock: the request, or the end of what was said.</summary>
    public long StartedAt { get; set; }

    /// <summary>What the guide says by itself, without asking anybody; null: the text is a question.</summary>
    public string? Reply { get; init; }

    /// <summary>Asked aloud: what comes after it may belong to it.</summary>
    public bool IsSpokenQuestion { get; init; }

    public bool WantsVoice { get; init; }

    public bool EnableSrs { get; init; }

    public TurnBudget Budget { get; }

    /// <summary>How far it has come, as another replica would need to know.</summary>
    public TurnRecord Record { get; init; } = new();

    /// <summary>Until it is released nothing of the turn is sent.</summary>
    public TurnHold Hold { get; init; } = TurnHold.None();

    public VoicePause Pause { get; }

    public HeardText Heard { get; } = new();

    public TurnTimes Times { get; } = new();

    /// <summary>What was heard of the turns before, which this one told the guide.</summary>
    public IReadOnlyList<Heard> TakenHeard { get; set; } = [];

    /// <summary>What the client's functions returned; a model asks for a few at a time.</summary>
    public Channel<FunctionResult> FunctionResults { get; } = Channel.CreateBounded<FunctionResult>(16);

    /// <summary>Cancelled by an interruption and by the end of the call.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Why the turn was interrupted; null: it was not.</summary>
    public string? InterruptReason { get; private set; }

    /// <summary>The text's end was sent; it is sent once.</summary>
    public bool TextEnded { get; set; }

    /// <summary>Whether any of its sentences got a voice.</summary>
    public bool WasSpoken { get; set; }

    /// <summary>Ends with the turn.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    public ActivityContext Parent { get; init; }

    public double ElapsedMs => time.GetElapsedTime(StartedAt).TotalMilliseconds;

    /// <returns>False: it was interrupted before.</returns>
    public bool TryFinish() => Interlocked.CompareExchange(ref state, Finished, Running) == Running;

    /// <returns>False: it was over already.</returns>
    public async Task<bool> TryInterruptAsync(string reason)
    {
        if (Interlocked.CompareExchange(ref state, Interrupted, Running) != Running)
        {
            return false;
        }

        InterruptReason = reason;
        await cancellation.CancelAsync();
        return true;
    }

    /// <summary>The client tells how far it has come with the sound.</summary>
    public void Played(PlaybackPayload playback)
    {
        if (playback.TurnId == Id)
        {
            Heard.Played(playback.Sequence, playback.PlayedMs, playback.State == "finished");
        }
    }

    /// <summary>Goes back to the model, if it still waits.</summary>
    public void FunctionReturned(FunctionResultPayload result) => FunctionResults.Writer.TryWrite(new FunctionResult
    {
        CallId = result.CallId ?? "",
        Name = result.Name ?? "",
        IsSuccess = result.IsSuccess,
        ResultJson = result.Result?.GetRawText() ?? "null",
    });

    public void Dispose()
    {
        cancellation.Dispose();
        Hold.Dispose();
    }
}

using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>A live call is asked when nobody says anything, ended when nobody answers, and ended after its longest time.</summary>
/// <param name="call">Whose.</param>
/// <param name="onlyWhileOpen">It may be one in writing, which nobody is asked about: its microphone decides, as long as it is open.</param>
/// <param name="options">The limits.</param>
internal sealed class CallWatch(OpenCall call, bool onlyWhileOpen, IOptionsMonitor<CallLimits> options)
{
    /// <summary>A microphone that has sent nothing for so long is off.</summary>
    private static readonly TimeSpan MicrophoneOff = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(1);

    private long? askedAfter;
    private bool warned;

    /// <summary>Looks once a second.</summary>
    /// <returns>Why the call must end; null: it goes on.</returns>
    public Farewell? Look(Outbox outbox)
    {
        if (onlyWhileOpen && !call.Conversation.Activity.HeardWithin(MicrophoneOff))
        {
            return null;
        }

        var limits = options.CurrentValue;
        var left = limits.LongestCall - call.Age;
        if (left <= TimeSpan.Zero)
        {
            return Farewell.Over("CALL_LIMIT");
        }

        if (left <= WarnBefore && !warned)
        {
            warned = Say(outbox, "CALL_LIMIT", left, "The call ends in a minute.", "通话将在一分钟后结束。");
        }

        if (!call.Conversation.Quiet.IsCompleted)
        {
            call.Conversation.Activity.Note();
        }

        var (last, idle) = call.Conversation.Activity.Read();
        if (idle >= limits.IdleAfter && askedAfter != last)
        {
            askedAfter = Say(outbox, "IDLE", limits.IdleGrace, "Are you still there?", "您还在吗？") ? last : null;
        }

        return askedAfter == last && idle >= limits.IdleAfter + limits.IdleGrace ? Farewell.Over("IDLE") : null;
    }

    private bool Say(Outbox outbox, string warning, TimeSpan left, string english, string chinese) => outbox.TrySend(MessageTypes.SessionWarn, new SessionWarnPayload
    {
        WarnType = warning,
        RemainingSeconds = (int)Math.Ceiling(left.TotalSeconds),
        Message = call.Session.Language == "zh" ? chinese : english,
    });
}

/// <summary>When a visitor last said something, aloud or in writing; the guide's own voice counts too, since it is listened to.</summary>
internal sealed class CallActivity(TimeProvider time)
{
    private long last = time.GetTimestamp();
    private long heard;

    /// <returns>When that was, in ticks of the clock, and how long it is ago.</returns>
    public (long Last, TimeSpan Idle) Read()
    {
        var seen = Volatile.Read(ref last);
        return (seen, time.GetElapsedTime(seen));
    }

    public void Note() => Volatile.Write(ref last, time.GetTimestamp());

    /// <summary>The microphone sends, whether or not anything is said.</summary>
    public void Heard() => Volatile.Write(ref heard, time.GetTimestamp());

    public bool HeardWithin(TimeSpan span) => Volatile.Read(ref heard) is > 0 and var at && time.GetElapsedTime(at) <= span;
}

using System.Collections.Concurrent;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>A question said aloud, and what came of it. Milliseconds; null where a stage did not happen or was not told.</summary>
internal sealed record Asked(TimeSpan At, string Question, string Exhibit)
{
    /// <summary>From the question's last audible sample, sent, to the answer's first sound, received.</summary>
    public double? FirstAudioMs { get; init; }

    public long TurnId { get; init; }

    /// <summary>What was understood.</summary>
    public string? Heard { get; init; }

    /// <summary>A turn began before the question was over.</summary>
    public bool CutOff { get; init; }

    /// <summary>SOURCES name the exhibit that was asked about.</summary>
    public bool RightExhibit => Sources?.Contains(Exhibit) == true;

    /// <summary>The exhibits that the answer stands on; null: SOURCES did not come.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>TURN_METRICS.</summary>
    public double? EndOfTurnMs { get; init; }

    public double? TranscriptMs { get; init; }

    public double? FirstTextMs { get; init; }

    public double? ServerFirstAudioMs { get; init; }

    /// <summary>Why there was no answer.</summary>
    public string? Failure { get; init; }
}

/// <summary>A question said into the guide's speech. Milliseconds from its first audible sample, sent.</summary>
internal sealed record Interruption(string Said, double? PausedMs, double? EndedMs, bool Granted);

/// <summary>What became of an answer that was disturbed.</summary>
internal enum Fate
{
    /// <summary>The guide spoke on.</summary>
    Ignored,

    /// <summary>It paused, and went on within 2 s.</summary>
    Resumed,

    /// <summary>It went on later than that, or never.</summary>
    Froze,

    /// <summary>The answer was cancelled.</summary>
    Killed,
}

/// <param name="Kind">Of the disturbance.</param>
/// <param name="Fate">Of the answer.</param>
/// <param name="SilentMs">The longest from TURN_PAUSED to TURN_RESUMED.</param>
/// <param name="Heard">What was understood, if something was.</param>
internal sealed record Disturbed(string Kind, Fate Fate, double? SilentMs, string? Heard);

/// <param name="Session">Whose.</param>
/// <param name="Turn">Which.</param>
/// <param name="AtUnixNs">When TURN_ENDED{interrupted} was there, in nanoseconds since 1970.</param>
internal sealed record InterruptedTurn(string Session, long Turn, long AtUnixNs);

/// <param name="BackMs">From the first attempt to REGISTER_ACK; null: it was not taken back.</param>
/// <param name="WentOn">The answer that was cut went on to its end.</param>
/// <param name="Failure">Why not, in words.</param>
internal sealed record Reconnection(double? BackMs, bool WentOn, string? Failure);

/// <summary>What the calls of a scenario found; many write at once.</summary>
internal sealed class Findings
{
    public ConcurrentQueue<Asked> Asked { get; } = [];

    public ConcurrentQueue<Interruption> Interruptions { get; } = [];

    public ConcurrentQueue<Disturbed> Disturbed { get; } = [];

    public ConcurrentQueue<Reconnection> Reconnections { get; } = [];

    public ConcurrentQueue<string> Errors { get; } = [];

    public ConcurrentQueue<double> LateMs { get; } = [];

    /// <summary>For those who look at their spans.</summary>
    public ConcurrentQueue<InterruptedTurn> InterruptedTurns { get; } = [];

    /// <summary>Turns that began although nobody had asked.</summary>
    public int Unasked;

    public int Underruns;
}

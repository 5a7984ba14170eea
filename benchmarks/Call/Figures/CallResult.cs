using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Call.Figures;

/// <summary>
/// Milliseconds. <c>EndOfSpeechToAudio</c>: from the question's last audible sample, sent, to the answer's first sound, received, for
/// questions that were heard to their end. The others are the server's own (TURN_METRICS).
/// </summary>
internal sealed record Stages(Spread? EndOfSpeechToAudio, Spread? EndOfTurn, Spread? Transcript, Spread? FirstText, Spread? FirstAudio);

/// <summary>Milliseconds from the interruption's first audible sample, sent.</summary>
internal sealed record Interruptions(int Count, int Granted, Spread? OnsetToPaused, Spread? OnsetToEnded);

/// <summary>How many of a kind came out how, and how long answers were silent for them.</summary>
internal sealed record Disturbances(int Count, int Ignored, int Resumed, int Froze, int Killed, Spread? SilentMs);

internal sealed record Reconnections(int Count, int WentOn, Spread? BackMs, SortedDictionary<string, int> Failures);

internal sealed record Minute(int Number, int Questions, int Errors, Spread? EndOfSpeechToAudio, SortedDictionary<string, Usage> Usage)
{
    /// <summary>Of the suite alone.</summary>
    public double Megabytes => Math.Round(Usage.Where(u => u.Key != SuiteProcesses.Self().Name).Sum(u => u.Value.Megabytes), 1);

    public double Cores => Math.Round(Usage.Sum(u => u.Value.Cores), 2);
}

internal sealed record ScenarioResult(
    string Scenario,
    int Questions,
    int RightExhibit,
    int CutOff,
    int UnaskedTurns,
    SortedDictionary<string, int> Errors,
    Stages Stages,
    Interruptions? Interruptions,
    SortedDictionary<string, Disturbances>? Disturbances,
    Reconnections? Reconnections,
    SortedDictionary<string, Spread> SpansAfterInterruption,
    IReadOnlyList<Minute> PerMinute,
    SortedDictionary<string, double> VoiceActivity,
    int Underruns,
    Spread? MicrophoneLateMs,
    IReadOnlyList<Goal> Goals);

/// <param name="FirstOfAllMs">The very first question after the suite's start, which finds cold code: not counted anywhere. Null: it had no voice.</param>
internal sealed record CallResult(Machine Machine, string LoadBefore, double? FirstOfAllMs, int Calls, double EverySeconds, double Minutes, string Coughs, IReadOnlyList<ScenarioResult> Scenarios);

using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Load;

/// <summary>Milliseconds at the client, from the question's leaving.</summary>
internal sealed record Times(Spread? FirstText, Spread? Written, Spread? FirstAudio);

/// <summary>
/// Milliseconds of the stages: from a recorded question to its transcript (at the client), from a written one to the first sentence (on
/// the server), from there to the first sound (on the server), and from a sentence's sound to its face (at the client).
/// </summary>
internal sealed record Stages(Spread? AudioToText, Spread? TextToResponse, Spread? ResponseToAudio, Spread? AudioToTrack, Spread? BrokerHop);

internal sealed record Minute(int Number, int Questions, int Errors, int WithoutVoice, Times Times, SortedDictionary<string, Usage> Usage)
{
    /// <summary>Of the suite alone.</summary>
    public double Megabytes => Math.Round(Usage.Where(u => u.Key != SuiteProcesses.Self().Name).Sum(u => u.Value.Megabytes), 1);

    public double Cores => Math.Round(Usage.Sum(u => u.Value.Cores), 2);
}

/// <summary>What the one who measures costs and how late it was; what it costs is taken from the suite.</summary>
internal sealed record Generator(double FramesPerSecond, Spread? LateMs);

internal sealed record LoadResult(
    Machine Machine,
    int Visitors,
    double EverySeconds,
    double Minutes,
    string Popularity,
    int Questions,
    SortedDictionary<string, int> Errors,
    SortedDictionary<string, int> WithoutVoice,
    SortedDictionary<string, Times> Times,
    Stages Stages,
    Kinds Kinds,
    IReadOnlyList<Minute> PerMinute,
    Generator Generator,
    IReadOnlyList<Goal> Goals);

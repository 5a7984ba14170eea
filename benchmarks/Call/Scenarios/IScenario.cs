using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>What somebody in a call does, again and again.</summary>
internal interface IScenario
{
    string Name { get; }

    CallKind Kind { get; }

    /// <summary>Once: from a question to the end of what it led to.</summary>
    Task ActAsync(Act act, CancellationToken cancellationToken);
}

/// <summary>One doing of a scenario.</summary>
/// <param name="Caller">Who does it.</param>
/// <param name="Findings">Where what came of it goes.</param>
/// <param name="Random">This call's.</param>
/// <param name="At">Since the scenario began.</param>
internal sealed record Act(Caller Caller, Findings Findings, Random Random, TimeSpan At);

using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Grounding;

/// <summary>What is done with a model's sentence whose numbers, years or names stand in no passage.</summary>
internal enum UnprovenFacts
{
    /// <summary>It is left out; the curators' own sentences say what is missing then.</summary>
    Strike,

    /// <summary>It is said, and that the texts do not say so.</summary>
    Hedge,

    /// <summary>It is said; that nothing supports it is told to the client only.</summary>
    Mark,
}

/// <summary>Section <c>Grounding</c>: how a model's words are held against the curators' texts.</summary>
internal sealed class GroundingOptions
{
    public const string Section = "Grounding";

    [Setting("A model's sentence with a number, year or name that stands in no passage is struck, hedged or only marked.", Live = true)]
    public UnprovenFacts UnprovenFacts { get; init; } = UnprovenFacts.Strike;
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Answers;

/// <summary>
/// Section <c>Retrieval</c>: how much is looked at, and where the line runs between an answer and "I don't know". The defaults are calibrated
/// on tests/TextService.Tests/Data. Thresholds are shares of what the question is about that a sentence has to speak of.
/// </summary>
internal sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    [Setting("Exhibits that full-text search hands on, when the question names none.", Live = true)]
    [Range(1, 100)]
    public int TopK { get; init; } = 6;

    [Setting("For a sentence of an exhibit that was found by full-text search. Lower answers more, and more of it beside the point.", Live = true)]
    [Range(0.0, 1.0)]
    public double Threshold { get; init; } = 0.7;

    [Setting("For a sentence of the exhibit that is spoken of, or of one by the maker who is named.", Live = true)]
    [Range(0.0, 1.0)]
    public double TopicThreshold { get; init; } = 0.5;

    [Setting("For a sentence of an exhibit that the question names.", Live = true)]
    [Range(0.0, 1.0)]
    public double NamedThreshold { get; init; } = 0.34;

    [Setting("An exhibit is described without being named when its texts hold this share of what was said; see docs/retrieval.md for the scale.", Live = true)]
    [Range(0.0, 1.0)]
    public double DescribedThreshold { get; init; } = 0.45;

    [Setting("And when its score is this much above that of the next.", Live = true)]
    [Range(0.0, 1.0)]
    public double DescribedLead { get; init; } = 0.05;

    [Setting("Sentences of an answer by extraction, at the least, where the exhibit's text has more to say; a comparison or a correction is as long as it is.", Live = true)]
    [Range(1, 5)]
    public int FewestSentences { get; init; } = 3;

    // With eight sentences each about 700 tokens: short enough to be read at once.
    [Setting("Exhibits whose sentences a model is given.", Live = true)]
    [Range(1, 20)]
    public int MaterialExhibits { get; init; } = 3;

    [Setting("The best sentences of each that it is given.", Live = true)]
    [Range(1, 50)]
    public int MaterialSentences { get; init; } = 8;

    [Setting("Exhibits that Guide.Retrieve gives to who does not say top_k.", Live = true)]
    [Range(1, 100)]
    public int UsualExhibits { get; init; } = 5;

    /// <summary>What an answer depends on.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FewestSentences} {TopK} {Threshold} {TopicThreshold} {NamedThreshold} {DescribedThreshold} {DescribedLead} {MaterialExhibits} {MaterialSentences}");
}

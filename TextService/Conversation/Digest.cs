using System.Globalization;
using System.Text.Json.Serialization;
using Museum.TextService.Language;
using Museum.TextService.Sentences;
using Museum.TextService.Tours;

namespace Museum.TextService.Conversation;

/// <summary>What is left of the turns that are too long ago to be remembered word for word: in short what was asked and told, and where the visit went.</summary>
internal sealed record Digest
{
    public static Digest Empty { get; } = new();

    // Enough to say what a question was about.
    private const int LineTokens = 40;

    /// <summary>Turns up to this one are in it.</summary>
    public long Through { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DigestLine> Lines { get; init; } = [];

    public TourState Tour { get; init; } = TourState.Empty;

    /// <summary>Takes in the turns that follow; what is oldest gives way. No model is asked: its words would be remembered as the visitor's own.</summary>
    public Digest With(IEnumerable<RememberedTurn> turns, int tokens)
    {
        var taken = turns.ToList();
        List<DigestLine> lines = [.. Lines, .. taken.Select(Line)];
        while (lines.Count > 0 && lines.Sum(l => l.Tokens) > tokens)
        {
            lines.RemoveAt(0);
        }

        return new Digest { Through = taken.Count > 0 ? taken[^1].Turn : Through, Lines = lines, Tour = taken.Aggregate(Tour, (tour, turn) => tour.After(turn)) };
    }

    /// <summary>Empty when there is nothing to say.</summary>
    public string Text(Tongue tongue) => string.Join('\n', Lines.Select(line => string.Format(
        CultureInfo.InvariantCulture,
        (tongue, line.Told.Length) switch
        {
            (Tongue.Zh, 0) => "观众问：{0}",
            (Tongue.Zh, _) => "观众问：{0} 向导答：{1}",
            (_, 0) => "The visitor asked: {0}",
            _ => "The visitor asked: {0} The guide said: {1}",
        },
        line.Asked,
        line.Told)));

    private static DigestLine Line(RememberedTurn turn) => new(
        TokenCount.End(turn.Asked, LineTokens), TokenCount.Beginning(SentenceCutter.Cut(turn.Told, CutRules.Prose).FirstOrDefault("").Trim(), LineTokens));
}

/// <param name="Asked">The visitor's words, or their end.</param>
/// <param name="Told">The first sentence of the answer.</param>
internal sealed record DigestLine(string Asked, string Told)
{
    [JsonIgnore]
    public int Tokens => TokenCount.Estimate(Asked) + TokenCount.Estimate(Told) + 10;
}

using System.Text.Json.Serialization;
using Museum.TextService.Language;

namespace Museum.TextService.Conversation;

/// <summary>A turn as its session remembers it. It names exhibits by id: the content may change while the conversation goes on.</summary>
internal sealed record RememberedTurn
{
    /// <summary>Counted per session.</summary>
    public required long Turn { get; init; }

    /// <summary>The visitor's words.</summary>
    public required string Asked { get; init; }

    /// <summary>The guide's words, as far as they were heard; empty: nothing was.</summary>
    public required string Told { get; init; }

    /// <summary>The exhibits that the answer stands on; empty: the content did not answer.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <summary>Where the client said that its visitor was; null: it did not say.</summary>
    public SaidPlace? Place { get; init; }

    /// <summary>The exhibit that was proposed as the next stop; null: none was.</summary>
    public string? Proposed { get; init; }

    [JsonIgnore]
    public int Tokens => TokenCount.Estimate(Asked) + TokenCount.Estimate(Told);

    /// <summary>Of the answer only this was heard: the rest was never said, nor proposed.</summary>
    public RememberedTurn Heard(string heard) => heard.Length >= Told.TrimEnd().Length ? this : this with { Told = heard, About = heard.Length > 0 ? About : [], Proposed = null };

    /// <summary>Cut to what a conversation keeps of one turn.</summary>
    public RememberedTurn Within(int tokens) => this with { Asked = TokenCount.End(Asked, tokens / 2), Told = TokenCount.Beginning(Told, tokens / 2) };
}

/// <param name="Hall">The hall's number; 0: not known.</param>
/// <param name="Exhibit">The id of the exhibit in view; null: none.</param>
internal sealed record SaidPlace(int Hall, string? Exhibit);

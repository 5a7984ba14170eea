namespace Museum.TextService.Http;

/// <summary>A question. On the wire in snake_case, as everything.</summary>
internal sealed record ProcessRequest
{
    /// <summary>1–10,000 characters after trimming.</summary>
    public string? Text { get; init; }

    /// <summary><c>en</c> or <c>zh</c> (<c>en-US</c> and the like too); without it, or for another language, that of the text.</summary>
    public string? Language { get; init; }

    /// <summary>Without it, the session of the caller's token.</summary>
    public string? SessionId { get; init; }

    /// <summary>What was said before, oldest first; takes the place of what the session remembers. The last 20 count.</summary>
    public IReadOnlyList<HistoryMessage>? History { get; init; }

    /// <summary>Where the visitor is; without it, what was said last counts.</summary>
    public SceneMessage? Scene { get; init; }
}

/// <param name="Hall">The hall's number.</param>
/// <param name="ExhibitId">The exhibit in view.</param>
/// <param name="Name">The client's name for the scene, at most 200 characters: the id or a name of an exhibit, or a hall's number or name, counts where the two above are not said.</param>
internal sealed record SceneMessage(int? Hall, string? ExhibitId, string? Name);

/// <param name="Role"><c>visitor</c> or <c>guide</c>.</param>
internal sealed record HistoryMessage(string? Role, string? Text);

internal sealed record ProcessResponse
{
    public required string Answer { get; init; }
    public required string Language { get; init; }

    /// <summary>False: the content does not say, and the answer says so.</summary>
    public required bool Grounded { get; init; }

    /// <summary>What the answer stands on, best first.</summary>
    public required IReadOnlyList<SourceMessage> Sources { get; init; }

    /// <summary>At most three questions to ask next.</summary>
    public required IReadOnlyList<string> Suggestions { get; init; }

    /// <summary>Where the visit stands, and where it may go on; absent in a batch.</summary>
    public TourMessage? Tour { get; init; }

    /// <summary>From 1, per session.</summary>
    public required long TurnId { get; init; }
    public required string SessionId { get; init; }

    /// <summary>What wrote the answer: <c>extraction</c> or a model's name.</summary>
    public required string Composer { get; init; }
    public required string ContentVersion { get; init; }

    /// <summary>Always true since answers that a model breaks off are completed by extraction; kept for callers that look at it.</summary>
    public required bool Complete { get; init; }
    public required TimingMessage Timing { get; init; }
}

/// <param name="Id">The exhibit.</param>
/// <param name="Title">In the language of the answer.</param>
/// <param name="Quote">A sentence of its text, verbatim.</param>
/// <param name="Score">0–1; comparable within one answer only.</param>
/// <param name="Hall">The number of the hall where it is.</param>
/// <param name="Passages">All sentences of its text that the answer stands on, in the order of the text; the quote is the best of them.</param>
internal sealed record SourceMessage(string Id, string Title, string Quote, double Score, int Hall, IReadOnlyList<string> Passages);

/// <param name="Hall">Where the visitor is, as far as is known; 0: not known.</param>
/// <param name="Seen">The exhibits that came up, by id, oldest first.</param>
/// <param name="Interests">What the visitor's questions have in common, strongest first; at most five.</param>
/// <param name="Next">Where to go from here, best first; at most three, none of them seen.</param>
/// <param name="Propose">The moment is good to go on: the answer ended with the first invitation (unless <c>Conversation:ProposeNextStop</c> is off).</param>
internal sealed record TourMessage(int Hall, IReadOnlyList<string> Seen, IReadOnlyList<string> Interests, IReadOnlyList<StopMessage> Next, bool Propose);

/// <param name="ExhibitId">Where to.</param>
/// <param name="Title">In the language of the answer.</param>
/// <param name="Hall">The hall's number.</param>
/// <param name="HallName">Its name.</param>
/// <param name="Invitation">In the guide's words.</param>
/// <param name="Question">To begin with, answered by the content; may be empty.</param>
internal sealed record StopMessage(string ExhibitId, string Title, int Hall, string HallName, string Invitation, string Question);

/// <summary>Milliseconds from the request's arrival.</summary>
internal sealed record TimingMessage(double ParsedMs, double RetrievedMs, double FirstTextMs, double TotalMs);

/// <summary>Questions that have nothing to do with each other: each is answered without history, and none is remembered.</summary>
/// <param name="Items">1–100.</param>
internal sealed record BatchRequest(IReadOnlyList<ProcessRequest?>? Items);

/// <param name="Items">One for each question, in their order.</param>
internal sealed record BatchResponse(IReadOnlyList<BatchItem> Items);

/// <summary>Either an answer or an error.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Answer">Null: it failed.</param>
/// <param name="Error">Null: it is answered.</param>
internal sealed record BatchItem(int Index, ProcessResponse? Answer, BatchError? Error);

internal sealed record BatchError(string Category, string Code, string Message, bool Retryable);

/// <param name="SessionId">Without it, the session of the caller's token.</param>
/// <param name="TurnId">The turn that is judged.</param>
/// <param name="Rating"><c>good</c> or <c>bad</c>.</param>
internal sealed record RatingRequest(string? SessionId, long TurnId, string? Rating);

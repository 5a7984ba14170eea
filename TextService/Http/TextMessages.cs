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
}

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
internal sealed record SourceMessage(string Id, string Title, string Quote, double Score);

/// <summary>Milliseconds from the request's arrival.</summary>
internal sealed record TimingMessage(double ParsedMs, double RetrievedMs, double FirstTextMs, double TotalMs);

/// <summary>Questions that have nothing to do with each other: each is answered without history, and none is remembered.</summary>
/// <param name="Items">1–20.</param>
internal sealed record BatchRequest(IReadOnlyList<ProcessRequest>? Items);

/// <param name="Items">One for each question, in their order.</param>
internal sealed record BatchResponse(IReadOnlyList<BatchItem> Items);

/// <summary>Either an answer or an error.</summary>
internal sealed record BatchItem(ProcessResponse? Answer, BatchError? Error);

internal sealed record BatchError(string Category, string Code, string Message, bool Retryable);

using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Answers;
using Museum.TextService.Conversation;
using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Tours;

namespace Museum.TextService.Generation;

/// <summary>Everything that a composer may know of a turn.</summary>
internal sealed record Turn(
    TurnRequest Request, Question Question, Evidence Evidence, ContentIndex Index, SmallTalk SmallTalk, IReadOnlyList<PastMessage> History, TurnBudget Budget)
{
    /// <summary>What functions told while the answer was written: it may stand on that too.</summary>
    public List<string> Learnt { get; } = [];

    /// <summary>The curators' sentences that functions told.</summary>
    public List<IndexedSentence> ToldOf { get; } = [];

    /// <summary>A client's functions told something: that stands in no text.</summary>
    public bool ClientTold { get; set; }

    /// <summary>What was said before the history, in short; empty: nothing. Visitors' words are in it.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>Where the visit has come.</summary>
    public TourState Tour { get; init; } = TourState.Empty;
}

/// <summary>What a composer writes.</summary>
internal abstract record Piece
{
    /// <summary>Who writes from here on: <c>extraction</c> or a model's name. Comes first.</summary>
    internal sealed record By(string Composer) : Piece;

    internal sealed record Text(string Value) : Piece;

    /// <summary>A whole sentence, white space after it included: nothing that follows changes where it ends.</summary>
    internal sealed record Sentence(string Value) : Piece;

    /// <summary>What follows was added since the composer did not say it: the answer is whole, but not the composer's own.</summary>
    internal sealed record Mended : Piece;

    /// <summary>The client is asked to do something; its result goes back to the composer.</summary>
    internal sealed record Call(string Id, string Name, string Arguments) : Piece;
}

/// <summary>The client's answer to a function call.</summary>
internal sealed record FunctionOutcome(bool IsSuccess, string ResultJson);

/// <summary>Where function results come from.</summary>
internal interface IFunctionResults
{
    /// <summary>Waits for the result of a call; a client that never answers gives a failure after a while.</summary>
    Task<FunctionOutcome> WaitAsync(string callId, CancellationToken ct);
}

/// <summary>Writes the answer of a turn.</summary>
internal interface IComposer
{
    /// <summary>Until its first piece it may fail, and another composes instead.</summary>
    /// <exception cref="CompositionException">It failed after the first piece.</exception>
    IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, CancellationToken ct);
}

/// <summary>A composer failed midway.</summary>
internal sealed class CompositionException(string message, Exception? inner = null) : Exception(message, inner);

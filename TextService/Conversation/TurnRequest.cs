using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>One question to the guide, from whichever door.</summary>
internal sealed record TurnRequest
{
    /// <summary>What every text is held to, in characters after trimming.</summary>
    public const int LongestText = 10_000;

    /// <summary>Messages of a history that a caller brings; older ones are left out.</summary>
    public const int MostHistory = 20;

    /// <summary>Null: nothing is remembered.</summary>
    public string? Session { get; init; }

    /// <summary>From 1, per session; 0: the next of the session.</summary>
    public long Turn { get; init; }
    public required string Text { get; init; }

    /// <summary>The language wanted.</summary>
    public Tongue? Language { get; init; }

    /// <summary>The language is the session's and not this question's: words that are plainly in the other one decide.</summary>
    public bool LanguageIsHabit { get; init; }

    /// <summary>False: nothing is looked up.</summary>
    public bool Retrieval { get; init; } = true;
    public IReadOnlyList<PastMessage> History { get; init; } = [];

    /// <summary>True: <see cref="History"/> counts even when the session has one of its own.</summary>
    public bool OwnHistory { get; init; }

    /// <summary>OpenAI function definitions, as JSON.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
    public string Role { get; init; } = "";

    /// <summary>How the client wants to be answered.</summary>
    public string Requirements { get; init; } = "";

    /// <summary>The client's description of where its visitor is, for a model.</summary>
    public string SceneDescription { get; init; } = "";

    /// <summary>Where the visitor is; null: not said, and what was said last counts.</summary>
    public Scene? Scene { get; init; }

    /// <summary>Another content than the museum's: a curator tries a draft, which neither prepares nor counts anything.</summary>
    public ContentHolder? Trial { get; init; }

    /// <summary>What is left of the time since the question came in at its door; null: it begins with the turn.</summary>
    public TurnBudget? Budget { get; init; }

    /// <summary>Completes when the visitor is known to have said just this; until then the turn is not remembered.</summary>
    public Task Confirmed { get; init; } = Task.CompletedTask;
}

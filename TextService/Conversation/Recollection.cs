using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Tours;

namespace Museum.TextService.Conversation;

/// <summary>What a session remembers: its last turns word for word, and what was before them in short.</summary>
/// <param name="Digest">What was before the turns.</param>
/// <param name="Turns">Oldest first.</param>
internal sealed record Recollection(Digest Digest, IReadOnlyList<RememberedTurn> Turns)
{
    // Of very short turns too the digest takes over sooner or later: a session is read in one piece.
    private const int MostTurns = 40;

    public static Recollection Nothing { get; } = new(Digest.Empty, []);

    public long LastTurn => Turns.Count > 0 ? Turns[^1].Turn : Digest.Through;

    /// <summary>The visit so far.</summary>
    public TourState Tour => Turns.Aggregate(Digest.Tour, (tour, turn) => tour.After(turn));

    /// <summary>Without a turn that is asked again, since its holder was lost: it is not its own past.</summary>
    public Recollection Without(long turn) => this with { Turns = [.. Turns.Where(t => t.Turn != turn)] };

    /// <summary>The turns as messages, oldest first.</summary>
    public IReadOnlyList<PastMessage> Messages(ContentIndex index) => [.. Turns.SelectMany(turn => Of(turn, index))];

    /// <summary>The oldest turns folded into the digest so that the rest keeps to the budget; null: it does. Half the budget is freed at once, so that it is not done every turn.</summary>
    public Recollection? Folded(ConversationOptions options)
    {
        var tokens = Turns.Sum(t => t.Tokens);
        if (tokens <= options.HistoryTokens && Turns.Count <= MostTurns)
        {
            return null;
        }

        var folded = 0;
        while (folded < Turns.Count - 1 && (tokens > options.HistoryTokens / 2 || Turns.Count - folded > MostTurns / 2))
        {
            tokens -= Turns[folded++].Tokens;
        }

        return folded == 0 ? null : new Recollection(Digest.With(Turns.Take(folded), options.SummaryTokens), [.. Turns.Skip(folded)]);
    }

    private static IEnumerable<PastMessage> Of(RememberedTurn turn, ContentIndex index)
    {
        yield return new PastMessage(true, turn.Asked);
        if (turn.Told.Length > 0)
        {
            yield return new PastMessage(false, turn.Told) { About = [.. turn.About.Select(index.NumberOf).OfType<int>()] };
        }
    }
}

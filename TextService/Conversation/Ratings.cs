using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Conversation;

/// <summary>Takes what visitors think of answers, and tells whoever counts it.</summary>
internal sealed class Ratings(ConversationStore conversations, IEnumerable<ITurnObserver> observers)
{
    /// <exception cref="ClientException"><c>turn_unknown</c> (404): the session remembers no such turn word for word.</exception>
    public async Task RateAsync(string session, long turn, bool good, CancellationToken ct)
    {
        var remembered = (await conversations.RecallAsync(session, ct)).Turns.FirstOrDefault(t => t.Turn == turn)
            ?? throw new ClientException("turn_unknown", "The session remembers no such turn.", 404);
        foreach (var observer in observers)
        {
            observer.Rated(new TurnRating(session, turn, good, remembered.Asked, remembered.About));
        }
    }
}

using Museum.TextService.Index;

namespace Museum.TextService.Knowledge;

/// <param name="Text">The visitor's words.</param>
/// <param name="SpokenOf">The exhibits that the words may mean without a name, the likeliest first: what is in view, what was offered, what the last turns were about.</param>
internal sealed record KnowledgeQuery(string Text, IReadOnlyList<string> SpokenOf)
{
    /// <summary>What else the words may lean on: the name of the place, what was asked before in a history that the caller brought.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];
}

/// <summary>What the guide may know in a turn: an index of exhibits, its own or made of what somebody else found.</summary>
internal interface IKnowledge
{
    /// <returns>To be disposed of when the turn is over.</returns>
    Task<ContentHolder.Lease> ForAsync(KnowledgeQuery query, CancellationToken ct);
}

/// <summary>The content of this house. From its first reading on it is there whenever the process is.</summary>
internal sealed class OwnKnowledge(ContentHolder content) : IKnowledge
{
    /// <summary>Who asks earlier waits for it: an empty index would say that the museum knows nothing.</summary>
    public async ValueTask<IKnowledge> LoadAsync(CancellationToken ct)
    {
        await content.Loaded.WaitAsync(ct);
        return this;
    }

    public Task<ContentHolder.Lease> ForAsync(KnowledgeQuery query, CancellationToken ct) => Task.FromResult(content.Use());
}

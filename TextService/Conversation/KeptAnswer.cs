using Museum.ServiceDefaults.Caching;
using Museum.TextService.Answers;

namespace Museum.TextService.Conversation;

/// <summary>An answer as it was given, to be given again: its parts in order, and what its suggestions are picked from.</summary>
internal sealed record KeptAnswer
{
    // An answer of three sentences takes about 2 KB with its sources.
    private const int PartBytes = 400;

    /// <summary>4,000 answers in memory; what the content does not answer is soon looked up again.</summary>
    public static CacheKind<KeptAnswer> Kind { get; } = new("answers")
    {
        Levels = CacheLevels.MemoryAndRedis,
        SizeOf = answer => answer.Bytes,
        IsNegative = answer => !answer.Grounded,
        MayKeep = answer => !answer.IsMakeshift,
        Defaults = options =>
        {
            options.MemoryMb = 16;
            options.TimeToLive = TimeSpan.FromSeconds(300);
            options.NegativeTimeToLive = TimeSpan.FromSeconds(300);
        },
    };

    public required string Composer { get; init; }
    public required bool Grounded { get; init; }
    public required IReadOnlyList<KeptPart> Parts { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>The exhibits of the sentences that answer, as numbers of this content version; null: none does.</summary>
    public required IReadOnlyList<int>? About { get; init; }

    /// <summary>Found without the question's vector, which was late: better is to be had the next time.</summary>
    public bool IsMakeshift { get; init; }

    private long Bytes => (PartBytes * (Parts.Count + Sources.Count))
        + (sizeof(char) * (Parts.Sum(p => (p.Delta?.Text.Length ?? 0) + (p.Sentence?.Text.Length ?? 0)) + Sources.Sum(s => s.Quote.Length)));
}

/// <summary>One of both.</summary>
internal sealed record KeptPart(AnswerPart.Delta? Delta, AnswerPart.Sentence? Sentence);

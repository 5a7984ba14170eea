namespace Museum.SessionService.Tokens;

/// <summary>
/// When keys come and go:
/// <code>
/// made ── published, does not sign yet ──► signs ── a newer one signs ──► still published ──► gone
///         PublishAhead (10 min)                                           RetireAfter (30 min)
/// </code>
/// </summary>
internal static class KeySchedule
{
    /// <summary>Services read the JWKS every 5 minutes: by then all of them know a key before it signs.</summary>
    public static readonly TimeSpan PublishAhead = TimeSpan.FromMinutes(10);

    /// <summary>The last token of a key lives 10 minutes and may be renewed 5 minutes later; the rest is room for clocks.</summary>
    public static readonly TimeSpan RetireAfter = TimeSpan.FromMinutes(30);

    /// <summary>The newest key that has been published long enough; the oldest if none has (the very first).</summary>
    public static SigningKey Signing(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Where(k => now - k.CreatedAt >= PublishAhead).MaxBy(k => k.CreatedAt) ?? keys.MinBy(k => k.CreatedAt)!;

    public static bool NeedsKey(IReadOnlyList<SigningKey> keys, DateTimeOffset now, TimeSpan rotateEvery) =>
        keys.Count == 0 || now - keys.Max(k => k.CreatedAt) >= rotateEvery;

    public static IReadOnlyList<SigningKey> WithoutRetired(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        var signing = Signing(keys, now);
        return now - signing.CreatedAt < PublishAhead + RetireAfter ? keys : [.. keys.Where(k => k.CreatedAt >= signing.CreatedAt)];
    }
}

namespace Museum.Benchmarks.Drill;

/// <summary>What a fault did.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Questions">Asked from the strike on.</param>
/// <param name="Struck">When, on the drill's clock.</param>
/// <param name="Back">When the process was there again.</param>
/// <param name="Served">When everybody had been served again; null: not within the drill's patience.</param>
/// <param name="LetIn">How often a revoked session was answered.</param>
/// <param name="Lost">Acknowledged messages that did not arrive.</param>
internal sealed record FaultResult(Fault Fault, IReadOnlyList<Asked> Questions, TimeSpan Struck, TimeSpan Back, TimeSpan? Served, int LetIn, int Lost)
{
    /// <summary>A replica that was found dead is asked no more: active health checks every second, two of which must fail.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(5);

    public int Failed => Questions.Count(q => q.Outcome == Outcome.Failed);

    public int Degraded => Questions.Count(q => q.Outcome == Outcome.Degraded);

    /// <summary>From the strike to the end of the first answer that lacked something; null: none did.</summary>
    public TimeSpan? TimeToDegrade => Questions.Where(q => q.Outcome != Outcome.Whole).Select(q => (TimeSpan?)(q.Ended - Struck)).Min();

    public TimeSpan Away => Back - Struck;

    /// <summary>From the process's being back to everybody's having a whole answer again.</summary>
    public TimeSpan? TimeToRecover => Served - Back;

    /// <summary>How failures and degraded answers showed themselves, the most frequent first.</summary>
    public string Causes => string.Join(", ", Questions.Where(q => q.Outcome != Outcome.Whole).GroupBy(q => $"{(q.ByHttp ? "http" : "socket")} {q.What}").OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}"));

    /// <summary>What should not have been; empty when all is as docs/resilience.md says.</summary>
    public IEnumerable<string> Violations()
    {
        if (!Fault.StopsHttp && Questions.Count(q => q.ByHttp && q.Outcome == Outcome.Failed) is > 0 and var byHttp)
        {
            yield return $"{byHttp} written answers by HTTP failed";
        }

        if (!Fault.StopsSockets && Questions.Count(q => !q.ByHttp && q.Outcome == Outcome.Failed) is > 0 and var onSockets)
        {
            yield return $"{onSockets} written answers on sockets failed";
        }

        if (Fault.Process == Fault.Text && Questions.Count(q => IsImproper(q)) is > 0 and var improper)
        {
            yield return $"{improper} refusals were not 503, retryable, with Retry-After, within {RefusalLimit.TotalSeconds} s";
        }

        if (TimeToRecover is not { } recovery || recovery > RecoveryLimit)
        {
            yield return $"recovery took longer than {RecoveryLimit.TotalSeconds} s";
        }

        if (LetIn > 0)
        {
            yield return $"a revoked session was let in {LetIn} times";
        }

        if (Lost > 0)
        {
            yield return $"{Lost} acknowledged messages were lost";
        }
    }

    /// <summary>Of one that is frozen nobody can know at once: what was asked before that was noticed may take as long as that.</summary>
    private bool IsImproper(Asked question) =>
        question is { ByHttp: true, Outcome: Outcome.Failed }
        && (!question.IsProperRefusal || question.Took > RefusalLimit)
        && (Fault.Way == Way.Killed || question.At > Struck + Noticed);
}

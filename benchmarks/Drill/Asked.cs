namespace Museum.Benchmarks.Drill;

internal enum Outcome
{
    /// <summary>By HTTP: written. On a socket: written, heard and seen.</summary>
    Whole,

    /// <summary>Written, but without voice or face.</summary>
    Degraded,

    /// <summary>Not answered.</summary>
    Failed,
}

/// <summary>A question of the flow and what became of it.</summary>
/// <param name="Who">The asking visitor, <c>http</c> or <c>socket 1</c> and so on.</param>
/// <param name="At">When it was asked, on the drill's clock.</param>
/// <param name="Took">Until the answer, or until it was clear that there is none.</param>
/// <param name="Outcome">What came.</param>
/// <param name="What">Of a failure: status and code. Of a degraded answer: what was missing.</param>
internal sealed record Asked(string Who, TimeSpan At, TimeSpan Took, Outcome Outcome, string What = "")
{
    public bool ByHttp => Who == "http";

    /// <summary>A refusal as it should be: 503, retryable, with Retry-After.</summary>
    public bool IsProperRefusal { get; init; }

    public TimeSpan Ended => At + Took;
}

namespace Museum.ServiceDefaults.Errors;

/// <summary>
/// What is done about a failure, by its category and nothing else. Pipelines, capabilities, problem details, gRPC and the protocol ask
/// here; no service sorts exceptions by itself.
/// <code>
/// client      say what is wrong, keep the connection
/// network     try again within the deadline, then the next provider
/// resource    say when to come back; another provider may have room
/// dependency  try again within the deadline, then the next provider
/// server      log it with its stack, say "something went wrong"; the next provider may be without that defect
/// </code>
/// </summary>
public sealed record Recovery
{
    private static readonly Recovery SayIt = new();
    private static readonly Recovery TryAgainOrNext = new() { TriesAgain = true, Blames = true, TriesNext = true };
    private static readonly Recovery TryNext = TryAgainOrNext with { TriesAgain = false };
    private static readonly Recovery BackOff = new() { TriesNext = true };
    private static readonly Recovery Report = new() { TriesNext = true, IsDefect = true };

    /// <summary>The same call may be sent again while its deadline lasts, if nothing of its answer has come.</summary>
    public bool TriesAgain { get; private init; }

    /// <summary>It speaks against whoever was called: circuit breakers count it.</summary>
    public bool Blames { get; private init; }

    /// <summary>Another provider may do the same instead.</summary>
    public bool TriesNext { get; private init; }

    /// <summary>A defect of ours: logged with its stack.</summary>
    public bool IsDefect { get; private init; }

    public static Recovery Of(ErrorInfo error) => error switch
    {
        // What its caller gave up is nobody's fault, and nobody waits for it.
        { Code: ErrorInfo.Cancelled } => SayIt,
        { Category: ErrorCategory.Client } => SayIt,
        // An open circuit refuses at once; to wait for it would only delay the fallback.
        { Code: ErrorInfo.CircuitOpen } or { Category: ErrorCategory.Dependency, Retryable: false } => TryNext,
        { Category: ErrorCategory.Network or ErrorCategory.Dependency } => TryAgainOrNext,
        { Category: ErrorCategory.Resource } => BackOff,
        _ => Report,
    };

    public static Recovery Of(Exception exception) => Of(ErrorInfo.Of(exception));
}

namespace Compat.Aspire.Tests;

internal static class Limits
{
    /// <summary>How long anything may take before a test gives it up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static CancellationToken Deadline => new CancellationTokenSource(Patience).Token;
}

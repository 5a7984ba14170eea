namespace Compat.Aspire.Tests;

internal static class Limits
{
    /// <summary>How long anything may take before a test gives it up.</summary>
    public static readonly TimeSpan Patience = Eventually.DefaultTimeout;

    /// <summary>RabbitMQ starts in 6 s, or in a minute on a machine that does much else.</summary>
    public static readonly TimeSpan ServerStart = TimeSpan.FromSeconds(120);

    public static CancellationToken Deadline => new CancellationTokenSource(Patience).Token;
}

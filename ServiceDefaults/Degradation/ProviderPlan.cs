namespace Museum.ServiceDefaults.Degradation;

/// <summary>How one provider is loaded, looked at and called.</summary>
public sealed record ProviderPlan<T>
    where T : class
{
    public required string Name { get; init; }

    /// <summary>Within 30 s. May fail: the start does not, and it is loaded again when it is looked at next.</summary>
    public required Func<CancellationToken, ValueTask<T>> Load { get; init; }

    /// <summary>
    /// Null: it is well. Else why not, and what would help. Within 2 s, and cheap: asked every 30 s. What it throws speaks against the
    /// provider too, unless it is a defect of the probe.
    /// </summary>
    public required Func<T, CancellationToken, ValueTask<string?>> Probe { get; init; }

    /// <summary>Calls go through this pipeline, and its open breaker takes the provider down; null: calls are made as they are.</summary>
    public string? Pipeline { get; init; }
}

namespace Museum.Benchmarks.Micro;

/// <summary>What one call of the benchmark may cost at most; the run fails when it costs more.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoalAttribute : Attribute
{
    /// <summary>The mean, in nanoseconds.</summary>
    public required double Nanoseconds { get; init; }

    /// <summary>Allocated by one operation, in bytes.</summary>
    public required long Bytes { get; init; }
}

using System.ComponentModel.DataAnnotations;

namespace Museum.ServiceDefaults.Memory;

/// <summary>Settings <c>Memory:…</c>, live.</summary>
internal sealed class MemoryOptions : IValidatableObject
{
    public const string Section = "Memory";

    /// <summary>What this process may use, in MiB; absent: the container's or the machine's memory counts.</summary>
    [Range(64, 1 << 20)]
    public int? LimitMb { get; init; }

    /// <summary>From this share of the limit on memory is short.</summary>
    [Range(0.1, 1.0)]
    public double HighRatio { get; init; } = 0.8;

    /// <summary>Below this share it is short no more.</summary>
    [Range(0.05, 1.0)]
    public double LowRatio { get; init; } = 0.7;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => LowRatio < HighRatio
        ? []
        : [new ValidationResult($"Memory:LowRatio ({LowRatio}) must be below Memory:HighRatio ({HighRatio}).", [nameof(LowRatio)])];
}

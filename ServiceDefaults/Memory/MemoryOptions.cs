using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Memory;

/// <summary>Settings <c>Memory:…</c>, live.</summary>
internal sealed class MemoryOptions : IValidatableObject
{
    public const string Section = "Memory";

    [Setting("What a process may use, in MiB; absent: the container's or the machine's memory counts.", Live = true)]
    [Range(64, 1 << 20)]
    public int? LimitMb { get; init; }

    [Setting("From this share of the limit on memory is short.", Live = true)]
    [Range(0.1, 1.0)]
    public double HighRatio { get; init; } = 0.8;

    [Setting("Below this share of the limit it is short no more.", Live = true)]
    [Range(0.05, 1.0)]
    public double LowRatio { get; init; } = 0.7;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => LowRatio < HighRatio
        ? []
        : [new ValidationResult($"Memory:LowRatio ({LowRatio}) must be below Memory:HighRatio ({HighRatio}).", [nameof(LowRatio)])];
}

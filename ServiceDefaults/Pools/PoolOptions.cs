using System.ComponentModel.DataAnnotations;

namespace Museum.ServiceDefaults.Pools;

/// <summary>Section <c>Pools:NAME</c>; changes are taken at once.</summary>
public sealed class PoolOptions : IValidatableObject
{
    public const string Section = "Pools";

    /// <summary>Made in the background at the start, and kept however idle.</summary>
    [Range(0, 1_000, ErrorMessage = "Pools:NAME:Min must lie between 0 and 1000.")]
    public int Min { get; set; } = 1;

    [Range(1, 1_000, ErrorMessage = "Pools:NAME:Max must lie between 1 and 1000.")]
    public int Max { get; set; } = 10;

    /// <summary>Renters that may wait for one to come back; the next is refused at once.</summary>
    [Range(0, 100_000, ErrorMessage = "Pools:NAME:Waiting must lie between 0 and 100000.")]
    public int Waiting { get; set; } = 64;

    /// <summary>How long a renter waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Pools:NAME:Timeout must lie between 1 ms and 10 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What nobody has rented for so long is given up, down to the minimum.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Pools:NAME:Idle must lie between 1 s and a day.")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Min <= Max ? [] : [new ValidationResult("Pools:NAME:Min must not be above Pools:NAME:Max.", [nameof(Min)])];
}

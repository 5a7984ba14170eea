using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Pools;

/// <summary>Section <c>Pools:NAME</c>; changes are taken at once.</summary>
public sealed class PoolOptions : IValidatableObject
{
    public const string Section = "Pools";

    [Setting("How many are made in the background at the start, and kept however idle.", Live = true)]
    [Range(0, 1_000)]
    public int Min { get; set; } = 1;

    [Setting("The most that there may be.", Live = true)]
    [Range(1, 1_000)]
    public int Max { get; set; } = 10;

    [Setting("Renters that may wait for one to come back; the next is refused at once.", Live = true)]
    [Range(0, 100_000)]
    public int Waiting { get; set; } = 64;

    [Setting("How long a renter waits.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    [Setting("What nobody has rented for so long is given up, down to the minimum.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Min <= Max ? [] : [new ValidationResult("Min must not be above Max.", [nameof(Min)])];
}

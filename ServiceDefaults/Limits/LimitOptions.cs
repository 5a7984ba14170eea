using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Limits;

/// <summary>Section <c>Limits:NAME</c>; changes are taken with the next window.</summary>
public sealed class LimitOptions : IValidatableObject
{
    public const string Section = "Limits";

    [Setting("How many requests may be worked on at once to begin with.", Live = true)]
    [Range(1, 100_000)]
    public int Base { get; set; } = 10;

    [Setting("However slow everything is, so many may.", Live = true)]
    [Range(1, 100_000)]
    public int Min { get; set; } = 1;

    [Setting("However fast everything is, no more may.", Live = true)]
    [Range(1, 100_000)]
    public int Max { get; set; } = 100;

    [Setting("How long admitted work may wait, on average, for a thread or an engine before less is admitted.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan TargetWait { get; set; } = TimeSpan.FromMilliseconds(100);

    [Setting("How often the limit is adapted.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    [Setting("Requests that may wait to be admitted; a single session may have a quarter of these places.", Live = true)]
    [Range(0, 100_000)]
    public int Queue { get; set; } = 64;

    [Setting("How long a request waits to be admitted.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:25")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Min <= Base && Base <= Max ? [] : [new ValidationResult("Min, Base and Max must stand in this order.", [nameof(Base)])];
}

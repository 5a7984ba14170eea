using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Scheduling;

/// <summary>Section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    public const string Section = "Scheduling";

    [Setting("Pieces of background work that run at the same time.")]
    [Range(1, 64)]
    public int Workers { get; init; } = 4;

    [Setting("Of each priority: pieces that wait, delayed ones included, about 300 bytes each; more is refused.")]
    [Range(1, 1_000_000)]
    public int Capacity { get; init; } = 1_000;

    [Setting("How long running work may take to end by itself when the service stops; then it is cancelled.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);
}

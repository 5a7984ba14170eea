using System.ComponentModel.DataAnnotations;

namespace Museum.ServiceDefaults.Scheduling;

/// <summary>Section <c>Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    public const string Section = "Scheduling";

    /// <summary>Pieces of work that run at the same time.</summary>
    [Range(1, 64, ErrorMessage = "Scheduling:Workers must lie between 1 and 64.")]
    public int Workers { get; init; } = 4;

    /// <summary>Of each priority: pieces that wait, delayed ones included. About 300 bytes each; more is refused.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Scheduling:Capacity must lie between 1 and 1000000.")]
    public int Capacity { get; init; } = 1_000;

    /// <summary>How long running work may take to end by itself when the service stops; then it is cancelled.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ErrorMessage = "Scheduling:StopGrace must lie between 0 and 10 s.")]
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);
}

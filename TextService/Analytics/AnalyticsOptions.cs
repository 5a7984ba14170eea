using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Analytics;

/// <summary>Section <c>Analytics</c>: what the curators learn of the visitors' questions.</summary>
internal sealed class AnalyticsOptions
{
    public const string Section = "Analytics";

    [Setting("Keep the words of visitors' questions for the curators, without anything that says who asked; false: questions are only counted, and words kept so far are erased within an hour.", Live = true)]
    public bool KeepWords { get; init; } = true;

    [Setting("Days for which questions and ratings are kept.", Live = true)]
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 90;
}

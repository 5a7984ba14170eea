using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Srs;

/// <summary>A Semantic Retrieval System of the museum's own, asked in place of our content: section <c>Srs</c>. Without an address ours answers.</summary>
internal sealed class SrsOptions
{
    public const string Section = "Srs";

    [Setting("The address of an external SRS with /api/v1; without it the content of this house is searched. The key is sent there, and every question.", AdminOnly = true)]
    public Uri? BaseUrl { get; init; }

    [Setting("The key that it wants as X-API-Key, if any.", Secret = true)]
    public string? ApiKey { get; init; }

    [Setting("Artifacts that it is asked for.", Live = true)]
    [Range(1, 100)]
    public int TopK { get; init; } = 3;

    [Setting("Artifacts below this similarity are left out; on the scale of that SRS, where 1/3 usually means 'nothing in common'.", Live = true)]
    [Range(0.0, 1.0)]
    public double Threshold { get; init; } = 0.35;
}

using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.Gateway;

/// <summary>Section <c>Gateway</c>.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    [Setting("The built page; default web/dist in the museum's home.")]
    public string? WebRoot { get; set; }

    [Setting("The museum's own figure for the guide: a GLB or VRM file, absolute or in the museum's home; none: the page's own.", Live = true, AdminOnly = true)]
    [RegularExpression(@".+\.([gG][lL][bB]|[vV][rR][mM])", ErrorMessage = "Gateway:Figure must name one .glb or .vrm file (docs/figure.md), or be left out.")]
    public string? Figure { get; set; }

    [Setting("For a whole request that is not a stream; and for the silence within a stream of sound.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("How often each replica is asked whether it is ready.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A process that runs answers in a millisecond; one that has no processor for so long helps nobody.</summary>
    [Setting("How long a replica that is slow to answer may take to say that it lives; then its callers are told 503.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PulseTimeout { get; set; } = TimeSpan.FromMilliseconds(400);
}

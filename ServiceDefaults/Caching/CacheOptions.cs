using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Settings of a kind: <c>Cache:{Kind}:…</c>, live.</summary>
public sealed class CacheOptions
{
    [Setting("False: nothing is looked up and nothing is kept.", Live = true)]
    public bool Enabled { get; set; } = true;

    [Setting("Memory for the values of this kind, in MiB.", Live = true)]
    [Range(0.001, 65_536)]
    public double MemoryMb { get; set; } = 16;

    [Setting("Files of this kind, in MiB, if it has any.", Live = true)]
    [Range(0.001, 1_048_576)]
    public double FilesMb { get; set; } = 512;

    [Setting("How long a value is kept.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    [Setting("How long a value is kept that says 'nothing'. Zero: not at all.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan NegativeTimeToLive { get; set; } = TimeSpan.FromMinutes(1);

    [Setting("How long a value is still given out after its time to live, while it is made anew.", Live = true)]
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan StaleFor { get; set; } = TimeSpan.Zero;

    internal long MemoryBytes => (long)(MemoryMb * (1 << 20));

    internal long FileBytes => (long)(FilesMb * (1 << 20));
}

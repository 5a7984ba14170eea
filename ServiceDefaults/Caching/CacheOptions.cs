using System.ComponentModel.DataAnnotations;

namespace Museum.ServiceDefaults.Caching;

/// <summary>Settings of a kind: <c>Cache:{Kind}:…</c>, live.</summary>
public sealed class CacheOptions
{
    /// <summary>False: nothing is looked up and nothing is kept.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Memory for the values of the kind, in MiB.</summary>
    [Range(0.001, 65_536)]
    public double MemoryMb { get; set; } = 16;

    /// <summary>Files of the kind, in MiB.</summary>
    [Range(0.001, 1_048_576)]
    public double FilesMb { get; set; } = 512;

    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Of values that say "nothing". Zero: they are not kept.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan NegativeTimeToLive { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After its time to live a value is still given out for so long, while it is computed anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan StaleFor { get; set; } = TimeSpan.Zero;

    internal long MemoryBytes => (long)(MemoryMb * (1 << 20));

    internal long FileBytes => (long)(FilesMb * (1 << 20));
}

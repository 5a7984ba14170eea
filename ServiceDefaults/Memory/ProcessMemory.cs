using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Memory;

/// <summary>Bytes in use, and how many there are.</summary>
internal readonly record struct MemoryReading(long Used, long Limit)
{
    public double Ratio => Limit > 0 ? (double)Used / Limit : 0;
}

/// <summary>The memory that the guard watches.</summary>
internal interface IWatchedMemory
{
    MemoryReading Read();

    /// <summary>Collects garbage and gives free memory back to the system.</summary>
    void Collect();
}

/// <summary>
/// With <c>Memory:LimitMb</c> this process's resident memory against it; without, what the runtime knows of the container, or of the machine
/// if there is none: all that is in use there against all that there is (cgroup v1 and v2, Windows jobs), as of the last collection.
/// </summary>
internal sealed class ProcessMemory(IOptionsMonitor<MemoryOptions> options) : IWatchedMemory
{
    public MemoryReading Read()
    {
        if (options.CurrentValue.LimitMb is { } limit)
        {
            return new MemoryReading(Environment.WorkingSet, (long)limit << 20);
        }

        var info = GC.GetGCMemoryInfo(GCKind.Any);
        return new MemoryReading(info.MemoryLoadBytes, info.TotalAvailableMemoryBytes);
    }

    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

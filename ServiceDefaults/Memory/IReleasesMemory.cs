namespace Museum.ServiceDefaults.Memory;

/// <summary>
/// Holds memory that it can do without. Register it as a service; it is asked when memory is short, those of the lowest order first, and
/// those of a higher one only when that did not suffice.
/// </summary>
public interface IReleasesMemory
{
    /// <summary>Names the owner in metrics: lower case, bounded.</summary>
    string Name { get; }

    /// <summary>One of <see cref="ReleaseOrder"/>.</summary>
    int Order { get; }

    /// <summary>Gives up what it can, quickly and without throwing: about half, what was idle for longest first.</summary>
    /// <returns>Bytes given up, as far as they are known.</returns>
    long Release();
}

/// <summary>Who gives up memory first.</summary>
public static class ReleaseOrder
{
    /// <summary>Can be made again.</summary>
    public const int Caches = 0;

    /// <summary>What the sessions that were idle for longest have buffered: they may have to ask again.</summary>
    public const int IdleSessions = 100;
}

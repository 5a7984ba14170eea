namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// L3: one file per value, named by its key. A file is written beside and renamed, so that it is there whole or not at all: any number of
/// replicas may share the folder, and it outlives them. When the files are more than the limit, those not used for longest go; a file's
/// modification time is its last use.
/// </summary>
internal sealed class FileLevel(string folder, Func<long> limit, CacheStatistics statistics, TimeProvider time) : ISecondLevel
{
    /// <summary>What a crash left half written is gone after this; no file takes so long to write.</summary>
    private static readonly TimeSpan HalfWritten = TimeSpan.FromMinutes(1);

    // Down to here, so that the next file does not begin the same again.
    private const double Target = 0.9;

    private const string Partial = ".tmp";

    private readonly Lock tidying = new();
    private long written;

    public CacheLevel Level => CacheLevel.Files;

    public async Task<(byte[] Bytes, TimeSpan? Remaining)?> ReadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            Touch(path);
            return (bytes, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another replica needed the room.
            return null;
        }
    }

    public Task<long?> WeighAsync(CacheKey key, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(new FileInfo(PathOf(key)) is { Exists: true } file ? file.Length : null);

    public async Task WriteAsync(CacheKey key, byte[] bytes, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = $"{path}.{Guid.NewGuid():n}{Partial}";
        try
        {
            await File.WriteAllBytesAsync(partial, bytes, cancellationToken);
            Touch(partial);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        // Between two rounds of upkeep it may run over by a tenth and no more.
        if (Interlocked.Add(ref written, bytes.Length) > limit() * (1 - Target))
        {
            Tidy([]);
        }
    }

    public Task DeleteAsync(CacheKey key, CancellationToken cancellationToken)
    {
        if (PathOf(key) is var path && File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public void Tidy(IReadOnlyList<CacheKey> inUse)
    {
        lock (tidying)
        {
            Interlocked.Exchange(ref written, 0);
            foreach (var path in inUse.Select(PathOf).Where(File.Exists))
            {
                Touch(path);
            }

            if (Directory.Exists(folder))
            {
                Trim();
            }
        }
    }

    private void Trim()
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).ToList();
        // By the clock of the file system, which stamps what is being written.
        foreach (var half in files.Where(f => f.Extension == Partial && f.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - HalfWritten))
        {
            TryDelete(half);
        }

        files.RemoveAll(f => f.Extension == Partial);
        var most = limit();
        var bytes = files.Sum(f => f.Length);
        if (bytes <= most)
        {
            return;
        }

        foreach (var file in files.OrderBy(f => f.LastWriteTimeUtc))
        {
            if (bytes <= most * Target)
            {
                return;
            }

            bytes -= file.Length;
            TryDelete(file);
            statistics.Evicted(CacheLevel.Files, EvictionReason.Size);
        }
    }

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (IOException)
        {
            // Gone meanwhile.
        }
    }

    private static void TryDelete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (IOException)
        {
            // Another replica tidies too.
        }
    }

    // 256 folders: a few hundred files in each at the most that fits a disk's cache.
    private string PathOf(CacheKey key)
    {
        var name = key.ToString();
        return Path.Combine(folder, name[..2], name);
    }
}

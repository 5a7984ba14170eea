using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Scheduling;

namespace Museum.TextService.Content;

/// <summary>
/// Says that there is something new in the content: a file, or a record that this replica or another has written. The others learn it by the
/// version in Redis; without Redis nobody can write a record (architecture.md, State), and files each replica watches itself.
/// </summary>
internal sealed partial class ContentChanges(RedisStore redis, TimeProvider time, ILogger<ContentChanges> logger) : IVersionedState
{
    // One pending change is as good as many: everything that differs is read.
    private readonly Nudge pending = new(time);
    private int fileChanges;

    // Changes that were written here, and up to which of them the others know.
    private long written;
    private long told;

    public string Name => "content";

    public bool IsStale => Volatile.Read(ref told) < Volatile.Read(ref written);

    public void OfFiles()
    {
        Interlocked.Exchange(ref fileChanges, 1);
        pending.Give();
    }

    /// <summary>After records were written here.</summary>
    public async Task OfRecordsAsync(CancellationToken ct)
    {
        pending.Give();
        Interlocked.Increment(ref written);
        try
        {
            await TellAsync(ct);
        }
        catch (DependencyException e)
        {
            // Written it is. The watcher tells the others as soon as Redis answers.
            LogUntold(logger, e.Code);
        }
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        pending.Give();
        if (IsStale)
        {
            await TellAsync(cancellationToken);
        }
    }

    /// <summary>Until something is pending, this time is over, or it is cancelled; never throws.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => pending.WaitAsync(atMost, ct);

    /// <summary>Takes what is pending.</summary>
    /// <returns>Whether files are among it.</returns>
    public bool Take()
    {
        pending.Forget();
        return Interlocked.Exchange(ref fileChanges, 0) == 1;
    }

    private async Task TellAsync(CancellationToken ct)
    {
        var upTo = Volatile.Read(ref written);
        await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, Name), ct);
        // Of two at once the later may be forgotten: then they are told once more.
        Volatile.Write(ref told, upTo);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other replicas could not be told of a change of the content ({Code})")]
    private static partial void LogUntold(ILogger logger, string code);
}

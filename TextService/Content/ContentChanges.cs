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

    public string Name => "content";

    public void OfFiles()
    {
        Interlocked.Exchange(ref fileChanges, 1);
        pending.Give();
    }

    /// <summary>After records were written here.</summary>
    public async Task OfRecordsAsync(CancellationToken ct)
    {
        pending.Give();
        try
        {
            await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, Name), ct);
        }
        catch (DependencyException e)
        {
            // Written it is. The others see it with the next change, or when Redis is back: then every state is read anew.
            LogUntold(logger, e.Code);
        }
    }

    public Task ReloadAsync(CancellationToken cancellationToken)
    {
        pending.Give();
        return Task.CompletedTask;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other replicas could not be told of a change of the content ({Code})")]
    private static partial void LogUntold(ILogger logger, string code);
}

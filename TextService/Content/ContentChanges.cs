using System.Threading.Channels;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;

namespace Museum.TextService.Content;

/// <summary>
/// Says that there is something new in the content: a file, or a record that this replica or another has written. The others learn it by the
/// version in Redis; without Redis nobody can write a record (architecture.md, State), and files each replica watches itself.
/// </summary>
internal sealed partial class ContentChanges(RedisStore redis, TimeProvider time, ILogger<ContentChanges> logger) : IVersionedState
{
    // One pending change is as good as many: everything that differs is read.
    private readonly Channel<bool> pending = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int fileChanges;

    public string Name => "content";

    public void OfFiles()
    {
        Interlocked.Exchange(ref fileChanges, 1);
        pending.Writer.TryWrite(true);
    }

    /// <summary>After records were written here.</summary>
    public async Task OfRecordsAsync(CancellationToken ct)
    {
        pending.Writer.TryWrite(true);
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
        pending.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    /// <summary>Until something is pending, or this time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        await using var timer = time.CreateTimer(_ => pending.Writer.TryWrite(true), null, atMost, Timeout.InfiniteTimeSpan);
        await pending.Reader.WaitToReadAsync(ct);
    }

    /// <summary>Takes what is pending.</summary>
    /// <returns>Whether files are among it.</returns>
    public bool Take()
    {
        pending.Reader.TryRead(out _);
        return Interlocked.Exchange(ref fileChanges, 0) == 1;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other replicas could not be told of a change of the content ({Code})")]
    private static partial void LogUntold(ILogger logger, string code);
}

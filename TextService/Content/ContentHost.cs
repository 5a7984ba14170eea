using System.Diagnostics;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

/// <summary>
/// Keeps the index in step with the records, and the records with the curators' files:
/// <code>
/// 1 a file has changed: what is new in the files is imported      2 what is live, and the rooms, are read as far as they differ
/// 3 it is indexed and tried out while the old index answers       4 the indexes are swapped, and the house is told
/// </code>
/// </summary>
internal sealed partial class ContentHost(
    MuseumPaths paths,
    IRecordStore store,
    LiveContent live,
    HallStore rooms,
    ContentChanges changes,
    ContentHolder holder,
    Capabilities capabilities,
    IEventPublisher events,
    TimeProvider time,
    ILogger<ContentHost> logger) : BackgroundService
{
    // An editor writes a file in several steps: wait until it has been quiet for a moment.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // An event has at most 16 KB; after a large import everything may have changed.
    private const int MostTold = 200;

    private readonly ContentFolder folder = new(paths.Content);
    private List<EntryException> faults = [];
    private IReadOnlyList<Hall> halls = [];
    private bool isAsWritten = true;
    private FileSystemWatcher? watcher;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            changes.OfFiles();
            var schedule = new ProbeSchedule(Timeout.InfiniteTimeSpan);
            var pause = schedule.Well();
            while (true)
            {
                await changes.WaitAsync(pause, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
                var files = changes.Take();
                if (files && holder.IsLoaded)
                {
                    await Task.Delay(Quiet, time, stoppingToken);
                    changes.Take();
                }

                pause = await ReloadAsync(files, stoppingToken) ? schedule.Well() : schedule.Away();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            watcher?.Dispose();
        }
    }

    /// <returns>False: something was away, so that it has to be tried again.</returns>
    private async Task<bool> ReloadAsync(bool files, CancellationToken ct)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            Watch();
            if (files || !isAsWritten)
            {
                // Until it has gone well, the files are read again with the next change of any kind.
                isAsWritten = false;
                isAsWritten = await ImportAsync(ct);
            }

            var named = await rooms.FindAsync(ct) is { } edited ? Told(edited.Halls) : halls;
            var (exhibits, version) = await live.ReadAsync(named, ct);
            if (!holder.IsLoaded || version != holder.Version)
            {
                using var before = holder.Use();
                var first = !holder.IsLoaded;
                var (index, refused) = await live.IndexAsync(exhibits, named, version, before.Index, ct);
                holder.Swap(index);
                LogLoaded(logger, exhibits.Count, version, refused.Count, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                await AnnounceAsync(first ? null : Differing(before.Index.Exhibits, exhibits), version, ct);
            }

            Report(exhibits.Count);
            return isAsWritten;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever a file, the store or a text that nobody thought of does: the old state is served on, and it is tried again.
            LogFailed(logger, e);
            capabilities.Report("content", holder.IsLoaded ? CapabilityState.Degraded : CapabilityState.Away, "The content could not be read.");
            return false;
        }
    }

    private async Task<bool> ImportAsync(CancellationToken ct)
    {
        if (!folder.IsThere)
        {
            // Not that there were no exhibits: the records stay as they are until the files are back.
            faults = [new EntryException("exhibits", 1, $"the folder '{folder.Path}' has no exhibits/")];
            return false;
        }

        var entries = await folder.ReadAsync(ct);
        faults = [.. entries.Where(e => e.Fault is not null).Select(e => e.Fault!)];
        faults.ForEach(f => LogFault(logger, f.File, f.Line, f.Reason));
        halls = await HallsAsync(ct);
        await store.ImportAsync(entries, ct);
        return true;
    }

    private async Task<IReadOnlyList<Hall>> HallsAsync(CancellationToken ct)
    {
        try
        {
            return await folder.ReadHallsAsync(ct);
        }
        catch (EntryException fault)
        {
            LogFault(logger, fault.File, fault.Line, fault.Reason);
            faults.Add(fault);
            return [];
        }
    }

    // A name that is missing in one language is told in the other.
    private static IReadOnlyList<Hall> Told(IReadOnlyList<Hall> halls) =>
        [.. halls.Select(h => h with { Name = new(h.Name.En.Length > 0 ? h.Name.En : h.Name.Zh, h.Name.Zh.Length > 0 ? h.Name.Zh : h.Name.En) })];

    // What is unchanged is the same object: see LiveContent.
    private static IReadOnlyList<string> Differing(IReadOnlyList<Exhibit> before, IReadOnlyList<Exhibit> now)
    {
        HashSet<Exhibit> both = new(before, ReferenceEqualityComparer.Instance);
        both.SymmetricExceptWith(now);
        return [.. both.Select(e => e.Id).Distinct()];
    }

    private async Task AnnounceAsync(IReadOnlyList<string>? exhibits, string version, CancellationToken ct)
    {
        if (exhibits is null || !events.IsConnected)
        {
            return;
        }

        try
        {
            await events.PublishAsync(new ContentChanged { Version = version, ExhibitIds = exhibits.Count <= MostTold ? exhibits : [] }, ct);
        }
        catch (DependencyException)
        {
            // Only a nudge: who needs the content reads its version.
        }
    }

    private void Report(int exhibits)
    {
        var state = exhibits == 0 ? CapabilityState.Away : faults.Count > 0 ? CapabilityState.Degraded : CapabilityState.Ok;
        var reason = faults.Count > 0 ? $"{faults.Count} entries cannot be read, the first: {faults[0].Message}" : exhibits == 0 ? "There is no exhibit." : null;
        capabilities.Report("content", state, reason);
    }

    // A folder that is away takes its watch with it, and comes back as another.
    private void Watch()
    {
        if (!folder.IsThere)
        {
            watcher?.Dispose();
            watcher = null;
        }

        if (watcher is not null || !folder.IsThere)
        {
            return;
        }

        watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Changed += (_, _) => changes.OfFiles();
        watcher.Created += (_, _) => changes.OfFiles();
        watcher.Deleted += (_, _) => changes.OfFiles();
        watcher.Renamed += (_, _) => changes.OfFiles();
        watcher.Error += (_, _) => changes.OfFiles();
        watcher.EnableRaisingEvents = true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Content loaded: {Exhibits} exhibits, version {Version}, {Refused} suggested questions not offered since the texts do not answer them, in {Milliseconds:0} ms")]
    private static partial void LogLoaded(ILogger logger, int exhibits, string version, int refused, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry cannot be served: {File}:{Line}: {Reason}")]
    private static partial void LogFault(ILogger logger, string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The content could not be loaded")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

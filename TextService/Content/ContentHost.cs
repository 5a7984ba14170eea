using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.TextService.Answers;
using Museum.TextService.Index;

namespace Museum.TextService.Content;

/// <summary>
/// Keeps the index in step with the curators' files: import, index, try out, swap; and again when a file changes.
/// </summary>
internal sealed partial class ContentHost(
    MuseumPaths paths,
    ContentHolder holder,
    Capabilities capabilities,
    IEventPublisher events,
    IOptionsMonitor<RetrievalOptions> retrieval,
    TimeProvider time,
    ILogger<ContentHost> logger) : BackgroundService
{
    // An editor writes a file in several steps: wait until it has been quiet for a moment.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private readonly ContentFolder folder = new(paths.Content);
    private readonly RecordStore store = new(Path.Combine(paths.DataOf("text"), "content.db"), time);

    // One pending change is as good as many: the whole folder is read again.
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.CreateAsync(stoppingToken);
            using var watcher = Watch();
            changes.Writer.TryWrite(true);
            await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken))
            {
                if (holder.IsLoaded)
                {
                    await Task.Delay(Quiet, time, stoppingToken);
                    changes.Reader.TryRead(out var _);
                }

                await ReloadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ReloadAsync(CancellationToken ct)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var entries = await folder.ReadAsync(ct);
            var faults = entries.Where(e => e.Fault is not null).Select(e => e.Fault!).ToList();
            faults.ForEach(f => LogFault(logger, f.File, f.Line, f.Reason));
            var result = await store.ImportAsync(entries, ct);
            var (exhibits, version) = await store.ReadAsync(ct);
            var before = holder.Version;
            if (!holder.IsLoaded || version != before)
            {
                var index = new ContentIndex(exhibits, await HallsAsync(faults, ct), version, Environment.ProcessorCount + 1);
                var refused = await OfferedQuestions.CheckAsync(index, retrieval.CurrentValue, ct);
                var first = !holder.IsLoaded;
                holder.Swap(index);
                LogLoaded(logger, exhibits.Count, version, refused.Count, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                await AnnounceAsync(first ? null : result, version, ct);
            }

            Report(exhibits.Count, faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            // The old state is served on; the next change tries again.
            LogFailed(logger, e);
            capabilities.Report("content", holder.IsLoaded ? CapabilityState.Degraded : CapabilityState.Away, "The content could not be read.");
        }
    }

    private async Task<IReadOnlyList<Hall>> HallsAsync(List<EntryException> faults, CancellationToken ct)
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

    private async Task AnnounceAsync(ImportResult? result, string version, CancellationToken ct)
    {
        if (result is null || !events.IsConnected)
        {
            return;
        }

        try
        {
            await events.PublishAsync(new ContentChanged { Version = version, ExhibitIds = [.. result.Changed, .. result.Removed] }, ct);
        }
        catch (DependencyException)
        {
            // Only a nudge: who needs the content reads its version.
        }
    }

    private void Report(int exhibits, List<EntryException> faults)
    {
        var state = exhibits == 0 ? CapabilityState.Away : faults.Count > 0 ? CapabilityState.Degraded : CapabilityState.Ok;
        var reason = faults.Count > 0 ? $"{faults.Count} entries cannot be read, the first: {faults[0].Message}" : exhibits == 0 ? "There is no exhibit in content/exhibits." : null;
        capabilities.Report("content", state, reason);
    }

    private FileSystemWatcher? Watch()
    {
        if (!Directory.Exists(folder.Path))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
        watcher.Created += (_, _) => changes.Writer.TryWrite(true);
        watcher.Deleted += (_, _) => changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);
        watcher.Error += (_, _) => changes.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Content loaded: {Exhibits} exhibits, version {Version}, {Refused} suggested questions not offered since the texts do not answer them, in {Milliseconds:0} ms")]
    private static partial void LogLoaded(ILogger logger, int exhibits, string version, int refused, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry cannot be served: {File}:{Line}: {Reason}")]
    private static partial void LogFault(ILogger logger, string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The content could not be loaded")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

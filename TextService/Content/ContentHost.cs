using System.Diagnostics;
using System.Threading.Channels;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Messaging;
using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Questions;

namespace Museum.TextService.Content;

/// <summary>
/// Keeps the index in step with the curators' files: import, index, warm up, swap; and again when a file changes.
/// </summary>
internal sealed partial class ContentHost(
    MuseumPaths paths, ContentHolder holder, Capabilities capabilities, IEventPublisher events, TimeProvider time, ILogger<ContentHost> logger) : BackgroundService
{
    // An editor writes a file in several steps: wait until it has been quiet for a moment.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    // Asked once before the first visitor asks, so that nobody waits for a first use.
    private static readonly string[] WarmUp = ["Who painted it and when?", "What does it mean, and how big is it?", "它是谁画的，画于哪一年？", "它象征什么，有多大？"];

    private readonly ContentFolder _folder = new(paths.Content);
    private readonly RecordStore _store = new(Path.Combine(paths.DataOf("text"), "content.db"), time);

    // One pending change is as good as many: the whole folder is read again.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _store.CreateAsync(stoppingToken);
            using var watcher = Watch();
            _changes.Writer.TryWrite(true);
            await foreach (var _ in _changes.Reader.ReadAllAsync(stoppingToken))
            {
                if (holder.IsLoaded)
                {
                    await Task.Delay(Quiet, time, stoppingToken);
                    _changes.Reader.TryRead(out var _);
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
            var entries = await _folder.ReadAsync(ct);
            var faults = entries.Where(e => e.Fault is not null).Select(e => e.Fault!).ToList();
            faults.ForEach(f => LogFault(logger, f.File, f.Line, f.Reason));
            var result = await _store.ImportAsync(entries, ct);
            var (exhibits, version) = await _store.ReadAsync(ct);
            var before = holder.Version;
            if (!holder.IsLoaded || version != before)
            {
                var index = new ContentIndex(exhibits, await HallsAsync(faults, ct), version, Environment.ProcessorCount + 1);
                await WarmUpAsync(index, ct);
                var first = !holder.IsLoaded;
                holder.Swap(index);
                LogLoaded(logger, exhibits.Count, version, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
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
            return await _folder.ReadHallsAsync(ct);
        }
        catch (EntryException fault)
        {
            LogFault(logger, fault.File, fault.Line, fault.Reason);
            faults.Add(fault);
            return [];
        }
    }

    private static async Task WarmUpAsync(ContentIndex index, CancellationToken ct)
    {
        foreach (var exhibit in index.Exhibits.Take(8))
        {
            foreach (var ask in WarmUp)
            {
                var question = Parser.Parse($"{exhibit.Title.En} {exhibit.Title.Zh} {ask}", null, [], index);
                await RagProcessor.RetrieveAsync(question, index, ct);
                await RagProcessor.RetrieveAsync(question with { Mentions = [] }, index, ct);
            }
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
        if (!Directory.Exists(_folder.Path))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(_folder.Path) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        watcher.Changed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Created += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Deleted += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => _changes.Writer.TryWrite(true);
        watcher.Error += (_, _) => _changes.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Content loaded: {Exhibits} exhibits, version {Version}, in {Milliseconds:0} ms")]
    private static partial void LogLoaded(ILogger logger, int exhibits, string version, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "An entry cannot be served: {File}:{Line}: {Reason}")]
    private static partial void LogFault(ILogger logger, string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The content could not be loaded")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

using System.Security.Cryptography;
using System.Threading.Channels;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Content;
using Museum.TextService.Curators;

namespace Museum.TextService.Exchange;

/// <param name="By">Who wants it.</param>
/// <param name="Live">Straight to the visitors; else as drafts.</param>
/// <param name="DryRun">Only the report.</param>
/// <param name="Overwrite">Also what was edited since, or never read.</param>
internal sealed record ImportRequest(string By, bool Live, bool DryRun, bool Overwrite = false);

/// <summary>
/// Takes exhibits in, one import after the other, beside the answering. Every row stands for itself: a faulty one is reported and hides no
/// other. Sending the same again changes nothing, and undoes no edit. The index is built once, at the end.
/// </summary>
internal sealed partial class Importer(
    IRecordStore store, ImportTasks tasks, ImportBudget budget, ContentChanges changes, TimeProvider time, ILogger<Importer> logger) : BackgroundService
{
    // Between two of these the import can be cancelled, and others can write; each takes some milliseconds.
    private const int RowsAtOnce = 50;

    // Their rows wait in memory, which ImportBudget bounds; a curator who sends more has lost patience.
    private const int MostWaiting = 4;

    // What is left to do after the last row, also while the service stops.
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(5);

    private readonly Channel<(ImportTask Task, ImportRequest Request, IReadOnlyList<ExchangeRow> Rows, IDisposable Held)> waiting =
        Channel.CreateBounded<(ImportTask, ImportRequest, IReadOnlyList<ExchangeRow>, IDisposable)>(MostWaiting);

    /// <returns>The import, which begins when those before it have ended.</returns>
    /// <exception cref="ResourceException">Too many wait already, or too much.</exception>
    public async Task<ImportTask> BeginAsync(ImportRequest request, SentRows sent, CancellationToken ct)
    {
        var held = budget.Take(sent.Bytes);
        try
        {
            return await QueueAsync(request, sent.Rows, held, ct);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task<ImportTask> QueueAsync(ImportRequest request, IReadOnlyList<ExchangeRow> rows, IDisposable held, CancellationToken ct)
    {
        var task = new ImportTask
        {
            Id = "import_" + RandomNumberGenerator.GetHexString(12, lowercase: true),
            Status = ImportTask.Waiting,
            DryRun = request.DryRun,
            As = request.Live ? "live" : "draft",
            By = request.By,
            Total = rows.Count,
            StartedAt = time.GetUtcNow(),
        };
        await tasks.BeginAsync(task, ct);
        if (!waiting.Writer.TryWrite((task, request, rows, held)))
        {
            await tasks.EndAsync(task.Id, ImportTask.Failed, ct);
            throw new ResourceException("imports_busy", "Other imports have to end first.");
        }

        return task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (task, request, rows, held) in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                using (held)
                {
                    await RunAsync(task, request, rows, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RunAsync(ImportTask task, ImportRequest request, IReadOnlyList<ExchangeRow> rows, CancellationToken ct)
    {
        var status = ImportTask.Failed;
        try
        {
            status = await WriteAllAsync(task.Id, request, rows, ct) ? ImportTask.Completed : ImportTask.Cancelled;
            LogEnded(logger, task.Id, status, rows.Count);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogBrokenOff(logger, e, task.Id);
        }
        finally
        {
            // Also of one that is stopped with its replica, or breaks off: its rows stand. Neither of both may end the service, or keep the other from it.
            await AttemptAsync(task.Id, end => tasks.EndAsync(task.Id, status, end));
            if (!request.DryRun)
            {
                await AttemptAsync(task.Id, changes.OfRecordsAsync);
            }
        }
    }

    private async Task AttemptAsync(string id, Func<CancellationToken, Task> last)
    {
        using var deadline = new CancellationTokenSource(Ending, time);
        try
        {
            await last(deadline.Token);
        }
        catch (Exception e)
        {
            LogBrokenOff(logger, e, id);
        }
    }

    private async Task<bool> WriteAllAsync(string id, ImportRequest request, IReadOnlyList<ExchangeRow> rows, CancellationToken ct)
    {
        var goesOn = await tasks.ReportAsync(id, [], ct);
        var seen = new HashSet<string>();
        var written = new Dictionary<string, (long Read, long Now)>();
        for (var from = 0; from < rows.Count && goesOn; from += RowsAtOnce)
        {
            var imports = rows.Skip(from).Take(RowsAtOnce).Select((row, i) => new RowImport(from + i + 1, row, request, written)).ToList();
            foreach (var import in imports.Where(i => i.Fault is null && !seen.Add(i.Key)))
            {
                import.Fault = $"Another row of this import is '{import.Id}' too.";
            }

            var readable = imports.Where(i => i.Fault is null).ToList();
            var outcomes = await store.WriteAsync(request.By, [.. readable.Select(i => new RecordChange(i.Id, i.Apply))], ct);
            foreach (var (import, outcome) in readable.Zip(outcomes))
            {
                import.Fault = outcome.Refusal?.Message;
            }

            goesOn = await tasks.ReportAsync(id, [.. imports.Select(i => i.Report)], ct);
        }

        return goesOn;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Id} of {Rows} rows: {Status}")]
    private static partial void LogEnded(ILogger logger, string id, string status, int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {Id} broke off")]
    private static partial void LogBrokenOff(ILogger logger, Exception exception, string id);
}

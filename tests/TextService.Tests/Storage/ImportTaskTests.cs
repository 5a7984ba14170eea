using Museum.TestKit;
using Museum.TextService.Exchange;

namespace TextService.Tests.Storage;

public sealed class SqliteImportTaskTests() : ImportTaskTests(null);

[Collection(PostgresTests.Name)]
public sealed class PostgresImportTaskTests(PostgresServer server) : ImportTaskTests(server);

/// <summary>What every replica knows of the imports.</summary>
public abstract class ImportTaskTests(PostgresServer? server) : StoreContract(server)
{
    private ImportTasks tasks = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        tasks = new ImportTasks(Databases, Time);
    }

    [Fact]
    public async Task A_cancelled_import_stops_between_two_batches_and_keeps_what_is_done()
    {
        await tasks.BeginAsync(Task("import_1", ImportTask.Processing), CancellationToken.None);
        Assert.True(await ReportAsync("import_1", new RowReport(1, "a", "a", "created", null)));
        var elsewhere = new ImportTasks(await AnotherReplicaAsync(), Time);
        Assert.True(await elsewhere.CancelAsync("import_1", CancellationToken.None));
        Assert.False(await ReportAsync("import_1", new RowReport(2, "b", "b", "created", null)));
        await tasks.EndAsync("import_1", ImportTask.Cancelled, CancellationToken.None);
        Assert.False(await elsewhere.CancelAsync("import_1", CancellationToken.None));
        Assert.Equal((ImportTask.Cancelled, 2), (await elsewhere.FindAsync("import_1", CancellationToken.None))! is var found ? (found.Status, found.Processed) : default);

        await tasks.BeginAsync(Task("import_2", ImportTask.Processing), CancellationToken.None);
        Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(ImportTask.Failed, (await tasks.FindAsync("import_2", CancellationToken.None))!.Status);
        Assert.True(await tasks.CancelAsync("import_2", CancellationToken.None));
        Assert.False(await ReportAsync("import_2"));
    }

    [Fact]
    public async Task An_import_waits_until_it_runs_and_is_not_given_up_while_another_does()
    {
        await tasks.BeginAsync(Task("first", ImportTask.Waiting), CancellationToken.None);
        await tasks.BeginAsync(Task("second", ImportTask.Waiting), CancellationToken.None);
        Time.Advance(TimeSpan.FromMinutes(10));
        await ReportAsync("first");
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([ImportTask.Waiting, ImportTask.Processing], (await tasks.ListAsync(CancellationToken.None)).Select(t => t.Status));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([ImportTask.Failed, ImportTask.Failed], (await tasks.ListAsync(CancellationToken.None)).Select(t => t.Status));
    }

    [Fact]
    public async Task The_report_says_what_became_of_each_row_and_a_row_that_is_told_again_counts_once()
    {
        await tasks.BeginAsync(Task("import_1", ImportTask.Processing), CancellationToken.None);
        await ReportAsync("import_1", new RowReport(1, "a.csv:2", "a", "created", null), new RowReport(2, "a.csv:3", "b", "unchanged", null));
        await ReportAsync("import_1", new RowReport(2, "a.csv:3", "b", "failed", "No title."), new RowReport(3, "a.csv:4", "c", "updated", null));
        var task = (await tasks.FindAsync("import_1", CancellationToken.None))!;
        Assert.Equal((3, 1, 1, 0, 1), (task.Processed, task.Created, task.Updated, task.Unchanged, task.Faulty));
        Assert.Equal([2, 3], (await tasks.RowsAsync("import_1", 1, null, 10, CancellationToken.None)).Select(r => r.Row));
        Assert.Equal("No title.", Assert.Single(await tasks.RowsAsync("import_1", 0, "failed", 10, CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task The_last_hundred_imports_are_kept()
    {
        for (var i = 0; i < 102; i++)
        {
            await tasks.BeginAsync(Task($"import_{i}", ImportTask.Waiting), CancellationToken.None);
        }

        var kept = await tasks.ListAsync(CancellationToken.None);
        Assert.Equal((100, "import_101", "import_2"), (kept.Count, kept[0].Id, kept[^1].Id));
    }

    private ImportTask Task(string id, string status) => new() { Id = id, Status = status, DryRun = false, As = "draft", By = "olga", Total = 3, StartedAt = Time.GetUtcNow() };

    private Task<bool> ReportAsync(string id, params RowReport[] rows) => tasks.ReportAsync(id, rows, CancellationToken.None);
}

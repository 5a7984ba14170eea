using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Storage;

namespace TextService.Tests.Storage;

/// <summary>What the server does to those who write and read.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresDatabaseTests(PostgresServer server) : StoreContract(server)
{
    private static readonly Tables Notes = new("", "CREATE TABLE IF NOT EXISTS notes (words TEXT NOT NULL)");

    [Fact]
    public async Task Of_a_change_during_which_the_server_dies_nothing_is_left()
    {
        var notes = Databases.Open("notes", Notes);
        await WriteAsync(notes, "before");
        var lost = await Assert.ThrowsAsync<DependencyException>(() => notes.WriteAsync(
            async db =>
            {
                await db.RunAsync("INSERT INTO notes VALUES ('lost')", CancellationToken.None);
                await Server.StopAsync();
                await db.RunAsync("INSERT INTO notes VALUES ('never')", CancellationToken.None);
                return true;
            },
            CancellationToken.None));
        Assert.Equal(("records_away", true), (lost.Code, lost.Retryable));

        await Server.StartAsync();
        Assert.Equal(["before"], await Eventually.GetAsync(() => ReadAsync(notes)));
    }

    [Fact]
    public async Task Connections_of_before_a_restart_of_the_server_trouble_nobody()
    {
        var notes = Databases.Open("notes", Notes);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReadAsync(notes)));
        await Server.StopAsync();
        await Server.StartAsync();
        await WriteAsync(notes, "after");
        Assert.Equal(["after"], await ReadAsync(notes));
    }

    [Fact]
    public async Task While_somebody_writes_everybody_reads_what_was_before_and_whoever_writes_too_waits()
    {
        var (notes, elsewhere) = (Databases.Open("notes", Notes), (await AnotherReplicaAsync()).Open("notes", Notes));
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = notes.WriteAsync(
            async db =>
            {
                await db.RunAsync("INSERT INTO notes VALUES ('first')", CancellationToken.None);
                began.SetResult();
                await goOn.Task;
                return true;
            },
            CancellationToken.None);
        await began.Task.SoonAsync();
        var second = WriteAsync(elsewhere, "second");
        Assert.Empty((await ReadAsync(notes))!);
        Assert.Empty((await ReadAsync(elsewhere))!);
        Assert.False(second.IsCompleted);
        goOn.SetResult();
        await first.SoonAsync();
        await second.SoonAsync();
        Assert.Equal(["first", "second"], await ReadAsync(notes));
    }

    [Fact]
    public async Task Who_waits_for_another_s_change_for_too_long_is_told_that_nothing_is_changed()
    {
        var (notes, elsewhere) = (Databases.Open("notes", Notes), (await AnotherReplicaAsync()).Open("notes", Notes));
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = notes.WriteAsync(
            async _ =>
            {
                began.SetResult();
                await goOn.Task;
                return true;
            },
            CancellationToken.None);
        await began.Task.SoonAsync();
        var late = await Task.WhenAll(new[] { notes, elsewhere }.Select(n => Assert.ThrowsAsync<DependencyException>(() => WriteAsync(n, "late"))));
        Assert.All(late, e => Assert.Equal(("content_store_busy", true), (e.Code, e.Retryable)));
        goOn.SetResult();
        await first.SoonAsync();
        Assert.Empty((await ReadAsync(notes))!);
    }

    [Fact]
    public async Task Replicas_that_start_together_make_the_tables_once()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AnotherReplicaAsync()));
        await Task.WhenAll(replicas.Select((replica, i) => Task.Run(() => WriteAsync(replica.Open("notes", Notes), $"{i}"))));
        Assert.Equal(["0", "1", "2", "3"], (await ReadAsync(replicas[0].Open("notes", Notes)))!.Order());
    }

    [Fact]
    public async Task A_statement_that_is_wrong_is_a_defect_and_not_a_server_that_is_away()
    {
        var notes = Databases.Open("notes", Notes);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => notes.ReadAsync("SELECT nothing FROM notes", _ => true, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_refuses_says_why_and_is_not_asked_the_same_again()
    {
        await using var connections = new PostgresConnections(Server.ConnectionTo("not_there"));
        var refused = await Assert.ThrowsAsync<DependencyException>(() => connections.ConnectAsync(CancellationToken.None));
        Assert.Equal(("records_away", false), (refused.Code, refused.Retryable));
        Assert.Contains("\"not_there\" does not exist", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hots=db")]
    [InlineData("Host=db;Port=many")]
    public void A_connection_string_that_is_none_stops_the_start_with_an_example(string connection)
    {
        var slip = Assert.Throws<InvalidOperationException>(() => new PostgresConnections(connection));
        Assert.StartsWith("ConnectionStrings:postgres cannot be used: ", slip.Message, StringComparison.Ordinal);
        Assert.Contains("Host=db;Database=museum", slip.Message, StringComparison.Ordinal);
    }

    private static Task WriteAsync(IDatabase notes, string words) => notes.WriteAsync("INSERT INTO notes VALUES (@words)", CancellationToken.None, ("@words", words));

    /// <returns>Null: the server is not back yet.</returns>
    private static async Task<List<string>?> ReadAsync(IDatabase notes)
    {
        try
        {
            return await notes.ReadAsync("SELECT words FROM notes", row => row.GetString(0), CancellationToken.None);
        }
        catch (DependencyException e) when (e.Code == "records_away")
        {
            return null;
        }
    }
}

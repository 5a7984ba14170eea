using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Exchange;

namespace TextService.Tests;

/// <summary>What an import refuses, and what it may take of the service.</summary>
public sealed class ImportLimitTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData("text/csv", "colour,weight\r\nred,3\r\n", 400, "import_unreadable")]
    [InlineData("text/csv", "id,title_en\r\n\"open,x\r\n", 400, "import_unreadable")]
    [InlineData("application/json", "{", 400, "import_unreadable")]
    [InlineData("application/json", "[]", 400, "import_empty")]
    [InlineData("application/zip", "no zip", 400, "import_unreadable")]
    [InlineData("text/plain", "?", 415, "unsupported_media_type")]
    public async Task What_cannot_be_read_at_all_is_refused_at_once(string type, string body, int status, string code)
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        using var curator = service.As("curator", "olga");
        using var response = await curator.PostAsync("/api/curator/imports", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal((status, code), ((int)response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]));
    }

    [Fact]
    public async Task Of_more_rows_than_an_import_may_have_no_more_are_read_than_it_may_have()
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = "text/csv";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Repeat("a\n", Upload.MostRows)) + "\"left open"));
        var unread = await Assert.ThrowsAsync<ClientException>(() => Upload.ReadAsync(request, CancellationToken.None));
        Assert.Equal("import_unreadable", unread.Code);
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes("id\n" + string.Concat(Enumerable.Repeat("a\n", Upload.MostRows + 1)) + "\"left open"));
        var refused = await Assert.ThrowsAsync<ClientException>(() => Upload.ReadAsync(request, CancellationToken.None));
        Assert.Equal(("import_too_large", 413), (refused.Code, refused.Status));
    }

    [Fact]
    public void A_line_of_a_table_that_is_nothing_but_commas_is_refused() =>
        Assert.Throws<FormatException>(() => CsvText.Read(new string(',', 1_000)).ToList());

    [Fact]
    public async Task One_upload_is_read_at_a_time_some_wait_and_the_next_is_refused()
    {
        using var gate = new UploadGate();
        var first = await gate.EnterAsync(CancellationToken.None);
        var waiting = Enumerable.Range(0, UploadGate.MostWaiting).Select(_ => gate.EnterAsync(CancellationToken.None)).ToList();
        Assert.All(waiting, w => Assert.False(w.IsCompleted));
        Assert.Equal("imports_busy", (await Assert.ThrowsAsync<ResourceException>(() => gate.EnterAsync(CancellationToken.None))).Code);
        first.Dispose();
        (await waiting[0]).Dispose();
        (await waiting[1]).Dispose();
    }

    [Fact]
    public void Imports_hold_no_more_text_in_memory_than_their_budget_and_give_it_back_at_their_end()
    {
        using var budget = new ImportBudget(mostBytes: 1_000_000);
        var first = budget.Take(600_000);
        Assert.Equal("imports_busy", Assert.Throws<ResourceException>(() => budget.Take(500_000)).Code);
        using var small = budget.Take(300_000);
        first.Dispose();
        budget.Take(500_000).Dispose();
    }

    [Fact]
    public async Task An_import_that_has_ended_leaves_room_for_the_next()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        // Of two such there is room for one at a time.
        var sent = new SentRows([ExchangeRow.Faulty("a.md", "a", "nothing in it")], Bytes: 100_000_000);
        for (var i = 0; i < 3; i++)
        {
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    await service.Get<Importer>().BeginAsync(new ImportRequest("olga", Live: false, DryRun: true), sent, CancellationToken.None);
                    return true;
                }
                catch (ResourceException)
                {
                    return false;
                }
            });
        }
    }

    [Fact]
    public async Task An_import_whose_end_cannot_be_kept_ends_neither_the_service_nor_the_next_one()
    {
        var data = Directory.CreateTempSubdirectory("museum-data-").FullName;
        await using (var service = await RunningService.WithCuratorsAsync(redis, ("Museum:Data", data)))
        {
            var desk = new Desk(service.As("curator", "olga"));
            await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls);
            await using (var db = new SqliteConnection($"Data Source={Directory.GetFiles(data, "imports.db", SearchOption.AllDirectories).Single()}"))
            {
                await db.OpenAsync();
                await using var command = db.CreateCommand();
                command.CommandText = "CREATE TRIGGER full BEFORE UPDATE OF ended_at ON imports WHEN NEW.total = 1 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
                await command.ExecuteNonQueryAsync();
            }

            using var one = new StringContent("id,title_en\r\nthird,Third\r\n", Encoding.UTF8, "text/csv");
            Assert.Equal(HttpStatusCode.Accepted, (await desk.Http.PostAsync("/api/curator/imports", one)).StatusCode);
            var next = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls);
            Assert.Equal(2, (int)next["task"]!["unchanged"]!);
            Assert.Equal(HttpStatusCode.OK, (await desk.SendAsync(HttpMethod.Get, "/third")).Status);
        }

        Directory.Delete(data, recursive: true);
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Curators;
using Museum.TextService.Exchange;

namespace TextService.Tests;

/// <summary>Exhibits in bulk, in and out.</summary>
public sealed class ExchangeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string TwoBowls = "id,title_en,text_en\r\nbowl,The Bowl,\"## What it is\nThe Bowl is made of glass.\"\r\n,The Other Bowl,The Other Bowl is made of silver.\r\n";

    [Fact]
    public async Task Rows_are_imported_each_for_itself_with_a_report_of_what_became_of_them()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var report = await ImportAsync(desk, "text/csv", TwoBowls + "bad id,Third,x\r\nhigh,Fourth,x,,\r\n", "?as=draft");
        Assert.Equal("completed", (string?)report["task"]!["status"]);
        Assert.Equal(
            ["exhibits.csv:2 bowl created", "exhibits.csv:4 the-other-bowl created", "exhibits.csv:5 bad id failed", "exhibits.csv:6 high created"],
            report["rows"]!.AsArray().Select(r => $"{r!["source"]} {r["id"]} {r["outcome"]}"));
        Assert.Equal((4, 4, 3, 1), ((int)report["task"]!["total"]!, (int)report["task"]!["processed"]!, (int)report["task"]!["created"]!, (int)report["task"]!["faulty"]!));

        var again = await ImportAsync(desk, "text/csv", TwoBowls);
        Assert.Equal((0, 0, 2), ((int)again["task"]!["created"]!, (int)again["task"]!["updated"]!, (int)again["task"]!["unchanged"]!));
        Assert.Equal("draft", (string?)(await desk.SendAsync(HttpMethod.Get, "/bowl")).Body["state"]);
    }

    [Fact]
    public async Task What_is_imported_live_is_answered_from()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await ImportAsync(desk, "text/csv", TwoBowls, "?as=live");
        await Eventually.TrueAsync(async () => ((string?)(await service.AskAsync("What is the Other Bowl made of?"))["answer"])!.Contains("silver", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_reports_and_writes_nothing()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var report = await ImportAsync(desk, "text/csv", TwoBowls, "?dry_run=true");
        Assert.Equal(2, (int)report["task"]!["created"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Get, "/bowl")).Status);
    }

    [Theory]
    [InlineData("json", "application/json")]
    [InlineData("csv", "text/csv")]
    [InlineData("markdown", "application/zip")]
    public async Task What_is_exported_and_imported_again_changes_nothing(string format, string type)
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await desk.SendAsync(HttpMethod.Post, "", new { document = CuratorTests.Bowl("=cmd, \"quoted\"") });
        var exported = await desk.Http.GetByteArrayAsync($"/api/curator/export?format={format}");
        var report = await ImportAsync(desk, type, exported);
        Assert.Equal((5, 5), ((int)report["task"]!["total"]!, (int)report["task"]!["unchanged"]!));
    }

    [Fact]
    public async Task A_row_that_was_read_before_somebody_changed_its_exhibit_is_refused()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var exported = await desk.Http.GetStringAsync("/api/curator/export?format=csv");
        await desk.SendAsync(HttpMethod.Put, "/scream", new { document = CuratorTests.Bowl("glass") }, "*");
        var report = await ImportAsync(desk, "text/csv", exported);
        var refused = Assert.Single(report["rows"]!.AsArray(), r => (string?)r!["outcome"] == "failed");
        Assert.Equal("scream", (string?)refused!["id"]);
        Assert.Contains("olga has changed it", (string?)refused["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_come_as_a_form()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(SampleEntry.Text()), "files", "vase.md" },
            { new StringContent(SampleEntry.Text()), "files", "misnamed.md" },
            { new StringContent(TwoBowls), "files", "bowls.csv" },
        };
        var report = await ReportAsync(desk, await desk.Http.PostAsync("/api/curator/imports", form));
        Assert.Equal(["vase.md created", "misnamed.md failed", "bowls.csv:2 created", "bowls.csv:4 created"], report["rows"]!.AsArray().Select(r => $"{r!["source"]} {r["outcome"]}"));
    }

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
    public void A_line_of_a_table_that_is_nothing_but_commas_is_refused() =>
        Assert.Throws<FormatException>(() => CsvText.Read(new string(',', 1_000)).ToList());

    [Fact]
    public async Task An_import_whose_end_cannot_be_kept_ends_neither_the_service_nor_the_next_one()
    {
        var data = Directory.CreateTempSubdirectory("museum-data-").FullName;
        await using (var service = await RunningService.WithCuratorsAsync(redis, ("Museum:Data", data)))
        {
            var desk = new Desk(service.As("curator", "olga"));
            await ImportAsync(desk, "text/csv", TwoBowls);
            await using (var db = new SqliteConnection($"Data Source={Directory.GetFiles(data, "imports.db", SearchOption.AllDirectories).Single()}"))
            {
                await db.OpenAsync();
                await using var command = db.CreateCommand();
                command.CommandText = "CREATE TRIGGER full BEFORE UPDATE OF ended_at ON imports WHEN NEW.total = 1 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
                await command.ExecuteNonQueryAsync();
            }

            using var one = new StringContent("id,title_en\r\nthird,Third\r\n", Encoding.UTF8, "text/csv");
            Assert.Equal(HttpStatusCode.Accepted, (await desk.Http.PostAsync("/api/curator/imports", one)).StatusCode);
            var next = await ImportAsync(desk, "text/csv", TwoBowls);
            Assert.Equal(2, (int)next["task"]!["unchanged"]!);
            Assert.Equal(HttpStatusCode.OK, (await desk.SendAsync(HttpMethod.Get, "/third")).Status);
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_row_that_names_no_revision_undoes_no_edit_unless_it_is_told_to()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await ImportAsync(desk, "text/csv", TwoBowls);
        await desk.SendAsync(HttpMethod.Put, "/bowl", new { document = CuratorTests.Bowl("wood") }, "*");
        var again = await ImportAsync(desk, "text/csv", TwoBowls);
        Assert.Equal(["failed", "unchanged"], again["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
        Assert.Contains("wood", (await desk.SendAsync(HttpMethod.Get, "/bowl")).Body["draft"]!.ToJsonString(), StringComparison.Ordinal);
        var over = await ImportAsync(desk, "text/csv", TwoBowls, "?overwrite=true");
        Assert.Equal(["updated", "unchanged"], over["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
    }

    [Fact]
    public async Task A_row_of_a_revision_brings_no_exhibit_back_that_was_removed_since()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var exported = await desk.Http.GetStringAsync("/api/curator/export?format=csv");
        await desk.SendAsync(HttpMethod.Delete, "/scream", null, "*");
        var report = await ImportAsync(desk, "text/csv", exported);
        Assert.Equal("scream", (string?)Assert.Single(report["rows"]!.AsArray(), r => (string?)r!["outcome"] == "failed")!["id"]);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Get, "/scream")).Status);
    }

    [Fact]
    public async Task Where_a_second_curator_is_asked_for_nothing_is_imported_straight_to_the_visitors()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis, ("Curators:SecondCurator", "true"));
        var desk = new Desk(service.As("curator", "olga"));
        using var bowls = new StringContent(TwoBowls, Encoding.UTF8, "text/csv");
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Http.PostAsync("/api/curator/imports?as=live", bowls)).StatusCode);
        var artifact = new { title = "The Jar", content = "The Jar is made of clay." };
        foreach (var (method, path, body) in new (HttpMethod, string, object)[] { (HttpMethod.Post, "", artifact), (HttpMethod.Put, "/1", artifact), (HttpMethod.Post, "/batch", new[] { artifact }) })
        {
            var refused = await desk.SendAsync(method, "/api/v1/artifacts" + path, body);
            Assert.Equal((HttpStatusCode.Forbidden, "second_curator_needed"), (refused.Status, (string?)refused.Body["code"]));
        }

        Assert.Equal("completed", (string?)(await ImportAsync(desk, "text/csv", TwoBowls, "?as=draft"))["task"]!["status"]);
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
    public void A_spreadsheet_takes_no_cell_for_a_formula_and_every_cell_comes_back_as_it_was()
    {
        string[] cells = ["=1+1", "-3", "plain", "with, comma", "with \"marks\"", "two\nlines", "", "中文"];
        var written = CsvText.Write(cells);
        Assert.StartsWith("'=1+1,'-3,", written, StringComparison.Ordinal);
        Assert.Equal(cells, Assert.Single(CsvText.Read(written)).Fields);
    }

    [Fact]
    public void Every_exhibit_of_the_museum_survives_each_format()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(MuseumContent.Folder, "exhibits")))
        {
            var (id, document) = EntryReader.ReadPart(Path.GetFileName(file), File.ReadAllText(file));
            document = TidyDocument.Of(document);
            Assert.True(Transitions.IsSame(MarkdownFormat.Read($"{id}.md", MarkdownFormat.Write(id, document)).Document, document), $"{id}, Markdown");
            Assert.True(Transitions.IsSame(TidyDocument.Of(CsvFormat.Read("a.csv", CsvFormat.Header + CsvFormat.Write(id, 1, document)).Single().Document!), document), $"{id}, CSV");
            Assert.True(Transitions.IsSame(JsonFormat.Read("a.json", $"[{JsonFormat.Write(id, 1, document)}]").Single().Document, document), $"{id}, JSON");
        }
    }

    [Fact]
    public async Task A_zip_of_the_whole_museum_is_what_content_is()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        using var curator = service.As("curator", "olga");
        await using var zip = new ZipArchive(await curator.GetStreamAsync("/api/curator/export?format=markdown&of=live"));
        Assert.Equal(["exhibits/guernica.md", "exhibits/mona-lisa.md", "exhibits/scream.md", "exhibits/starry-night.md"], zip.Entries.Select(e => e.FullName));
    }

    private static Task<JsonObject> ImportAsync(Desk desk, string type, string body, string query = "") => ImportAsync(desk, type, Encoding.UTF8.GetBytes(body), query);

    internal static async Task<JsonObject> ImportAsync(Desk desk, string type, byte[] body, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await ReportAsync(desk, await desk.Http.PostAsync("/api/curator/imports" + query, content));
    }

    internal static async Task<JsonObject> ReportAsync(Desk desk, HttpResponseMessage begun)
    {
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        return await Eventually.GetAsync(async () =>
        {
            var report = (await desk.SendAsync(HttpMethod.Get, begun.Headers.Location!.OriginalString)).Body;
            return (string?)report["task"]!["status"] is "waiting" or "processing" ? null : report;
        });
    }
}

using System.IO.Compression;
using System.Net;
using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Curators;
using Museum.TextService.Exchange;

namespace TextService.Tests;

/// <summary>Exhibits in bulk, in and out.</summary>
public sealed class ExchangeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task Rows_are_imported_each_for_itself_with_a_report_of_what_became_of_them()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var report = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls + "bad id,Third,x\r\nhigh,Fourth,x,,\r\n", "?as=draft");
        Assert.Equal("completed", (string?)report["task"]!["status"]);
        Assert.Equal(
            ["exhibits.csv:2 bowl created", "exhibits.csv:4 the-other-bowl created", "exhibits.csv:5 bad id failed", "exhibits.csv:6 high created"],
            report["rows"]!.AsArray().Select(r => $"{r!["source"]} {r["id"]} {r["outcome"]}"));
        Assert.Equal((4, 4, 3, 1), ((int)report["task"]!["total"]!, (int)report["task"]!["processed"]!, (int)report["task"]!["created"]!, (int)report["task"]!["faulty"]!));

        var again = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls);
        Assert.Equal((0, 0, 2), ((int)again["task"]!["created"]!, (int)again["task"]!["updated"]!, (int)again["task"]!["unchanged"]!));
        Assert.Equal("draft", (string?)(await desk.SendAsync(HttpMethod.Get, "/bowl")).Body["state"]);
    }

    [Fact]
    public async Task What_is_imported_live_is_answered_from()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls, "?as=live");
        await Eventually.TrueAsync(async () => ((string?)(await service.AskAsync("What is the Other Bowl made of?"))["answer"])!.Contains("silver", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_reports_and_writes_nothing()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var report = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls, "?dry_run=true");
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
        var report = await Imports.RunAsync(desk, type, exported);
        Assert.Equal((5, 5), ((int)report["task"]!["total"]!, (int)report["task"]!["unchanged"]!));
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
            { new StringContent(Imports.TwoBowls), "files", "bowls.csv" },
        };
        var report = await Imports.ReportAsync(desk, await desk.Http.PostAsync("/api/curator/imports", form));
        Assert.Equal(["vase.md created", "misnamed.md failed", "bowls.csv:2 created", "bowls.csv:4 created"], report["rows"]!.AsArray().Select(r => $"{r!["source"]} {r["outcome"]}"));
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
}

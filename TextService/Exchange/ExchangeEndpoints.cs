using System.Globalization;
using System.IO.Compression;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;
using Museum.TextService.Curators;

namespace Museum.TextService.Exchange;

/// <summary><c>/api/curator/imports</c> and <c>/api/curator/export</c>.</summary>
internal static class ExchangeEndpoints
{
    private const int MostReported = 1_000;

    public static void MapExchange(this RouteGroupBuilder curator)
    {
        var imports = curator.MapGroup("/imports");
        imports.MapPost("", ImportAsync)
            .Accepts<IFormFileCollection>("multipart/form-data", "application/json", "text/csv", "text/markdown", "application/zip")
            .ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503)
            .WithSummary("Takes exhibits in, as Markdown, CSV, JSON or a zip of these: as=draft (or live), dry_run=false, overwrite=false (also what was edited since); answers at once, and goes on");
        imports.MapGet("", async (ImportTasks tasks, CancellationToken ct) => TypedResults.Ok(new ImportList(await tasks.ListAsync(ct)))).WithSummary("The last imports, the newest first");
        imports.MapGet("/{id}", ReportAsync).ProducesProblem(404).WithSummary("How far an import is, and what became of each row (after=ROW, outcome=failed)");
        imports.MapDelete("/{id}", async (string id, ImportTasks tasks, CancellationToken ct) =>
                await tasks.CancelAsync(id, ct) ? TypedResults.Accepted($"/api/curator/imports/{id}") : throw NotRunning())
            .ProducesProblem(404)
            .WithSummary("Cancels an import; what is done stays");

        curator.MapGet("/export", ExportAsync)
            .Produces<Stream>(200, "application/json", "text/csv", "application/zip")
            .ProducesProblem(400)
            .WithSummary("All exhibits: format=json (or csv, or markdown: a zip of files as in content/), of=draft (what is written) or live (what visitors hear of)");
    }

    private static async Task<Accepted<ImportTask>> ImportAsync(
        HttpRequest request, string? @as, bool? dry_run, bool? overwrite, ClaimsPrincipal user, Importer importer, AuditLog audit, IOptionsMonitor<CuratorOptions> options, UploadGate gate, CancellationToken ct)
    {
        if (@as is not (null or "draft" or "live"))
        {
            throw new ClientException("import_target_invalid", "as is draft or live.");
        }

        if (@as == "live" && dry_run != true)
        {
            options.CurrentValue.CheckAlone();
        }

        using var turn = await gate.EnterAsync(ct);
        var sent = await Upload.ReadAsync(request, ct);
        var task = await importer.BeginAsync(new ImportRequest(IfMatch.NameOf(user), @as == "live", dry_run ?? false, overwrite ?? false), sent, ct);
        audit.Write(user, "exhibit.import", string.Create(CultureInfo.InvariantCulture, $"{task.Id}: {task.Total} as {task.As}"));
        return TypedResults.Accepted($"/api/curator/imports/{task.Id}", task);
    }

    private static async Task<Ok<ImportView>> ReportAsync(string id, ImportTasks tasks, int? after, string? outcome, CancellationToken ct)
    {
        var task = await tasks.FindAsync(id, ct) ?? throw NotRunning();
        return TypedResults.Ok(new ImportView(task, await tasks.RowsAsync(id, after ?? 0, outcome, MostReported, ct)));
    }

    private static async Task<IResult> ExportAsync(IRecordStore store, string? format, string? of, CancellationToken ct)
    {
        if (of is not (null or "draft" or "live"))
        {
            throw new ClientException("export_source_invalid", "of is draft or live.");
        }

        var found = await store.ListAsync(new RecordFilter(LiveOnly: of == "live"), ct);
        var exhibits = found.Records.Select(r => (r.Id, r.Revision, Document: of == "live" ? r.Live! : r.Document));
        return format switch
        {
            null or "json" => Results.Stream(to => WriteAsync(to, exhibits.Select((e, i) => (i == 0 ? "{\"exhibits\":[\n" : ",\n") + JsonFormat.Write(e.Id, e.Revision, e.Document)), found.Total == 0 ? "{\"exhibits\":[]}" : "\n]}\n", ct), "application/json", "exhibits.json"),
            // The mark at its beginning tells a spreadsheet that it is UTF-8.
            "csv" => Results.Stream(to => WriteAsync(to, exhibits.Select(e => CsvFormat.Write(e.Id, e.Revision, e.Document)).Prepend("\uFEFF" + CsvFormat.Header), "", ct), "text/csv", "exhibits.csv"),
            "markdown" => Results.Bytes(Zip(exhibits.Select(e => ($"exhibits/{e.Id}.md", MarkdownFormat.Write(e.Id, e.Document)))), "application/zip", "exhibits.zip"),
            _ => throw new ClientException("export_format_invalid", "format is json, csv or markdown."),
        };
    }

    private static async Task WriteAsync(Stream to, IEnumerable<string> parts, string end, CancellationToken ct)
    {
        foreach (var part in parts.Append(end))
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(part), ct);
        }
    }

    // In memory, since ZipArchive writes parts of it synchronously: 20,000 exhibits have 30 MB.
    private static byte[] Zip(IEnumerable<(string Name, string Text)> files)
    {
        using var whole = new MemoryStream();
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return whole.ToArray();
    }

    private static ClientException NotRunning() => new("import_unknown", "There is no such import, or it has ended.", 404);
}

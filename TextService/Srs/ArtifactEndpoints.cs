using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;
using Museum.TextService.Curators;
using Museum.TextService.Exchange;
using Museum.TextService.Language;

namespace Museum.TextService.Srs;

/// <summary><c>/api/v1/artifacts</c>: what is live, for SRS clients. Whoever has a token may read by page; what reads everything, and what writes straight to the visitors, is for curators.</summary>
internal static class ArtifactEndpoints
{
    private const int LargestPage = 100;
    private const int ErrorsShown = 5;

    public static void MapArtifacts(this RouteGroupBuilder srs)
    {
        var artifacts = srs.MapGroup("/artifacts");
        artifacts.MapGet("", ListAsync).WithLimit("chat").ProducesProblem(403).ProducesProblem(422)
            .WithSummary("Artifacts by page: page, size (≤ 100), language; for curators also keyword and category");
        artifacts.MapGet("/export", async (IRecordStore store, string? language, ClaimsPrincipal user, CancellationToken ct) =>
                TypedResults.Ok(new ArtifactExport([.. (await LiveAsync(store, ct)).Select(r => ArtifactMapping.Of(r, Tongues.Parse(language) ?? Tongue.En, user))])))
            .RequireAuthorization(Roles.Curator)
            .ProducesProblem(403)
            .WithSummary("All artifacts at once, fit for /artifacts/batch");
        artifacts.MapGet("/{id:long}", async (long id, IRecordStore store, string? language, ClaimsPrincipal user, HttpResponse response, CancellationToken ct) =>
            {
                var record = await FindAsync(store, id, ct);
                response.Headers.ETag = IfMatch.Tag(record);
                return TypedResults.Ok(ArtifactMapping.Of(record, Tongues.Parse(language) ?? Tongue.En, user));
            })
            .ProducesProblem(404)
            .WithSummary("One artifact");

        var written = artifacts.MapGroup("").RequireAuthorization(Roles.Curator).ProducesProblem(403);
        written.MapPost("", CreateAsync).ProducesProblem(422).WithSummary("Adds an artifact; it is live at once").NeedsNoSecond();
        written.MapPut("/{id:long}", ReplaceAsync).ProducesProblem(404).ProducesProblem(422).WithSummary("Replaces an artifact in its language").ProducesProblem(412).NeedsNoSecond();
        written.MapDelete("/{id:long}", RemoveAsync).ProducesProblem(404).WithSummary("Removes an artifact, in both languages; a draft of it stays with the curators");
        written.MapPost("/batch", ImportAsync).Accepts<ArtifactBatch>("application/json").ProducesProblem(422).WithSummary("Imports artifacts, {\"data\": […]} or the list alone, each for itself").NeedsNoSecond();
        written.MapGet("/batch/status/{task}", StatusAsync).ProducesProblem(404).WithSummary("How far a batch is");
        written.MapPost("/batch/cancel/{task}", async (string task, ImportTasks tasks, CancellationToken ct) =>
                await tasks.CancelAsync(task, ct) ? TypedResults.Ok(new SrsDone(true, "The batch is being cancelled.")) : throw Unknown("task"))
            .ProducesProblem(404)
            .WithSummary("Cancels a batch; what is done stays");
    }

    private static void NeedsNoSecond(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.RequestServices.GetRequiredService<IOptionsMonitor<CuratorOptions>>().CurrentValue.CheckAlone();
        return next(context);
    });

    private static async Task<Ok<ArtifactPage>> ListAsync(
        IRecordStore store, ClaimsPrincipal user, int? page, int? size, string? keyword, string? category, string? language, CancellationToken ct)
    {
        var (at, most) = (page ?? 1, size ?? 10);
        if (at < 1 || most is < 1 or > LargestPage)
        {
            throw new ClientException("page_invalid", $"page is from 1, size 1–{LargestPage}.", 422);
        }

        var tongue = Tongues.Parse(language) ?? Tongue.En;
        if (keyword is null && category is null)
        {
            var found = await store.ListAsync(new RecordFilter(LiveOnly: true, Skip: (int)Math.Min(int.MaxValue, (at - 1L) * most), Take: most), ct);
            return TypedResults.Ok(new ArtifactPage([.. found.Records.Select(r => ArtifactMapping.Of(r, tongue, user))], found.Total, at, most));
        }

        // That reads every text there is, which nobody may have done who only walked in; visitors search by the index.
        if (!ArtifactMapping.IsCurator(user))
        {
            throw new ClientException("curator_needed", "keyword and category are for curators; POST /api/v1/search/retrieve searches for everybody.", 403);
        }

        var word = Folding.Fold(keyword ?? "");
        var all = (await LiveAsync(store, ct)).Select(r => ArtifactMapping.Of(r, tongue, user))
            .Where(a => (category is null || a.Category == category) && Folding.Fold($"{a.Title}\n{a.Content}").Contains(word, StringComparison.Ordinal)).ToList();
        return TypedResults.Ok(new ArtifactPage([.. all.Skip((int)Math.Min(int.MaxValue, (at - 1L) * most)).Take(most)], all.Count, at, most));
    }

    private static async Task<Ok<Artifact>> CreateAsync(ArtifactInput request, ClaimsPrincipal user, IRecordStore store, Editing editing, CancellationToken ct)
    {
        var input = ArtifactMapping.Checked(request);
        var document = Editing.Checked(ArtifactMapping.Into(null, input));
        var id = ArtifactMapping.IdOf(input);
        for (var number = 2; await store.FindAsync(id, ct) is not null; number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{ArtifactMapping.IdOf(input)[..Math.Min(ArtifactMapping.IdOf(input).Length, ExhibitRules.LongestId - 6)].TrimEnd('-')}-{number}");
        }

        var record = await editing.ChangeAsync(user, "create", id, r => r is null ? Transitions.GoLive(null, id, document) : throw new ClientException("exhibit_exists", "Another was quicker; try again.", 409), ct);
        return TypedResults.Ok(ArtifactMapping.Of(record!, ArtifactMapping.TongueOf(input), user));
    }

    // SRS knows no revisions: who names one writes only over what they have read.
    private static async Task<Ok<Artifact>> ReplaceAsync(
        long id, ArtifactInput request, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, IRecordStore store, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var match = ifMatch is null ? new IfMatch((long?)null) : IfMatch.Of(ifMatch);
        var input = ArtifactMapping.Checked(request);
        var exhibit = (await FindAsync(store, id, ct)).Id;
        var record = await editing.ChangeAsync(
            user, "replace", exhibit, r => Transitions.GoLive(match.Check(r ?? throw Unknown("artifact")), exhibit, Editing.Checked(ArtifactMapping.Into(r.Live, input))), ct);
        response.Headers.ETag = IfMatch.Tag(record!);
        return TypedResults.Ok(ArtifactMapping.Of(record!, ArtifactMapping.TongueOf(input), user));
    }

    private static async Task<Ok<SrsDone>> RemoveAsync(long id, ClaimsPrincipal user, IRecordStore store, Editing editing, CancellationToken ct)
    {
        await editing.ChangeAsync(user, "remove", (await FindAsync(store, id, ct)).Id, r => Transitions.TakeAway(r ?? throw Unknown("artifact")), ct);
        return TypedResults.Ok(new SrsDone(true, "The artifact is removed."));
    }

    private static async Task<Ok<BatchBegun>> ImportAsync(JsonElement body, HttpRequest request, ClaimsPrincipal user, Importer importer, AuditLog audit, CancellationToken ct)
    {
        var list = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data) ? data : body;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > Upload.MostRows)
        {
            throw new ClientException("batch_invalid", $"Send {{\"data\": [1 to {Upload.MostRows} artifacts]}}.", 422);
        }

        var rows = list.EnumerateArray().Select((item, i) => Row(string.Create(CultureInfo.InvariantCulture, $"data:{i + 1}"), item)).ToList();
        // Of ours, and so no part of the standard's description: also what has changed since its exhibit_revision was read.
        var overwrite = bool.TryParse(request.Query["overwrite"], out var said) && said;
        var sent = new SentRows(rows, JsonMarshal.GetRawUtf8Value(body).Length);
        var task = await importer.BeginAsync(new ImportRequest(IfMatch.NameOf(user), Live: true, DryRun: false, overwrite), sent, ct);
        audit.Write(user, "exhibit.import", string.Create(CultureInfo.InvariantCulture, $"{task.Id}: {rows.Count} by SRS"));
        return TypedResults.Ok(new BatchBegun(true, $"{rows.Count} artifacts are being imported.", task.Id));
    }

    private static async Task<Ok<BatchStatus>> StatusAsync(string task, ImportTasks tasks, CancellationToken ct)
    {
        var found = await tasks.FindAsync(task, ct) ?? throw Unknown("task");
        var failed = await tasks.RowsAsync(task, 0, "failed", Upload.MostRows, ct);
        return TypedResults.Ok(new BatchStatus(true, new BatchProgress(
            found.Total, found.Processed, found.Processed - found.Faulty, found.Faulty, [.. failed.TakeLast(ErrorsShown).Select(r => $"{r.Source}: {r.Reason}")], StatusOf(found), found.StartedAt, found.EndedAt)));
    }

    // SRS has no word for one that waits.
    private static string StatusOf(ImportTask task) => task.Status == ImportTask.Waiting ? ImportTask.Processing : task.Status;

    private static ExchangeRow Row(string source, JsonElement item)
    {
        try
        {
            var input = ArtifactMapping.Checked(item.Deserialize<ArtifactInput>(ProtocolJson.Options));
            return new ExchangeRow(source, ArtifactMapping.IdOf(input), ArtifactMapping.RevisionOf(input), ArtifactMapping.Into(null, input))
            {
                Merge = live => ArtifactMapping.Into(live, input),
                Part = ArtifactMapping.TongueOf(input).Code(),
                IsGuessed = ArtifactMapping.OwnId(input) is null,
            };
        }
        catch (JsonException e)
        {
            return ExchangeRow.Faulty(source, "", $"at {e.Path}: not what an artifact has there");
        }
        catch (ClientException e)
        {
            return ExchangeRow.Faulty(source, "", e.Message);
        }
    }

    private static async Task<IReadOnlyList<ExhibitRecord>> LiveAsync(IRecordStore store, CancellationToken ct) => (await store.ListAsync(new RecordFilter(LiveOnly: true), ct)).Records;

    private static async Task<ExhibitRecord> FindAsync(IRecordStore store, long id, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { Live: not null } record ? record : throw Unknown("artifact");

    private static ClientException Unknown(string what) => new($"{what}_unknown", $"There is no such {what}.", 404);
}

/// <summary>For the OpenAPI document.</summary>
internal sealed record ArtifactBatch(IReadOnlyList<ArtifactInput> Data);

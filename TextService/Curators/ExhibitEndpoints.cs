using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Curators;

/// <summary><c>/api/curator/exhibits</c>: the exhibits themselves, in whichever state.</summary>
internal static class ExhibitEndpoints
{
    private const int LargestPage = 200;

    public static void MapExhibits(this RouteGroupBuilder curator)
    {
        var exhibits = curator.MapGroup("/exhibits");
        exhibits.MapGet("", ListAsync).ProducesProblem(400).WithSummary("The exhibits by id, with their states and what is missing in which language");
        exhibits.MapPost("", CreateAsync).ProducesProblem(409).ProducesProblem(422).WithSummary("Begins an exhibit as a draft");
        exhibits.MapGet("/{id}", GetAsync).ProducesProblem(404).WithSummary("One exhibit: what is live and what is being written, both languages");
        exhibits.MapPut("/{id}", SaveAsync).WithSummary("Saves the draft; visitors notice nothing").Guarded().ProducesProblem(422);
        exhibits.MapDelete("/{id}", RemoveAsync).WithSummary("Removes an exhibit, live or not; its file in content/ does not bring it back").Guarded();
        exhibits.MapGet("/{id}/versions", VersionsAsync).WithSummary("What was live before, and the drafts that were thrown away, the newest first; also of what is removed");

        exhibits.MapPost("/{id}/submit", SubmitAsync).WithSummary("draft → review").Guarded().ProducesProblem(422);
        exhibits.MapPost("/{id}/return", ReturnAsync).WithSummary("review → draft, with a note for its writer").Guarded();
        exhibits.MapPost("/{id}/publish", PublishAsync).WithSummary("review → live: within a second visitors hear of it").Guarded().ProducesProblem(403);
        exhibits.MapPost("/{id}/withdraw", WithdrawAsync).WithSummary("live → draft: visitors hear of it no more").Guarded();
        exhibits.MapPost("/{id}/discard", DiscardAsync).WithSummary("Takes the draft away; it stays among the versions. What was never live is removed with it").Guarded();
        exhibits.MapPost("/{id}/versions/{version:int}/restore", RestoreAsync).WithSummary("Makes an earlier version the draft; with If-Match: * also of what is removed").Guarded();
    }

    private static RouteHandlerBuilder Guarded(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428);

    private static async Task<Ok<ExhibitList>> ListAsync(IRecordStore store, string? state, string? missing, string? q, int? hall, int? page, int? size, CancellationToken ct)
    {
        var (at, most) = (page ?? 1, size ?? 50);
        if (at < 1 || most is < 1 or > LargestPage || state is not (null or "draft" or "review" or "live") || (missing is not null && Tongues.Parse(missing) is null))
        {
            throw new ClientException("list_invalid", $"page is from 1, size 1–{LargestPage}, state one of draft, review and live, and missing en or zh.");
        }

        var filter = new RecordFilter(state, Tongues.Parse(missing)?.Code(), string.IsNullOrWhiteSpace(q) ? null : q.Trim(), hall, Skip: (int)Math.Min(int.MaxValue, (at - 1L) * most), Take: most);
        var found = await store.ListAsync(filter, ct);
        return TypedResults.Ok(new ExhibitList([.. found.Records.Select(ExhibitLine.Of)], found.Total, at, most));
    }

    private static async Task<Created<ExhibitView>> CreateAsync(NewExhibit request, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var document = Editing.Checked(request.Document);
        var id = request.Id ?? ExhibitRules.IdOf(document.Title.En);
        if (!ExhibitRules.IsId(id))
        {
            throw new ClientException("exhibit_id_invalid", $"An id has at most {ExhibitRules.LongestId} lower-case letters and digits in words joined by hyphens.", 422);
        }

        var record = await editing.ChangeAsync(user, "create", id, r => Transitions.Create(r, id, document), ct);
        return TypedResults.Created($"/api/curator/exhibits/{id}", Tagged(record!, response));
    }

    private static async Task<Ok<ExhibitView>> GetAsync(string id, IRecordStore store, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok(Tagged(await store.FindAsync(id, ct) ?? throw IfMatch.Unknown(), response));

    private static Task<Ok<ExhibitView>> SaveAsync(
        string id, EditedExhibit request, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var document = Editing.Checked(request.Document);
        return ChangeAsync("save", id, ifMatch, r => Transitions.Save(r, document), user, editing, response, ct);
    }

    private static async Task<NoContent> RemoveAsync(
        string id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, CancellationToken ct)
    {
        var match = IfMatch.Of(ifMatch);
        await editing.ChangeAsync(user, "remove", id, r => match.Check(r) is null ? r : null, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<VersionList>> VersionsAsync(string id, IRecordStore store, CancellationToken ct) =>
        TypedResults.Ok(new VersionList(await store.VersionsAsync(id, ct)));

    private static Task<Ok<ExhibitView>> SubmitAsync(
        string id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct) =>
        ChangeAsync("submit", id, ifMatch, r => Transitions.Submit(r, IfMatch.NameOf(user)), user, editing, response, ct);

    private static Task<Ok<ExhibitView>> ReturnAsync(
        string id, SentBack request, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct) =>
        ChangeAsync("return", id, ifMatch, r => Transitions.SendBack(r, TidyDocument.Line(request.Note) is { Length: > 0 } note ? note : null), user, editing, response, ct);

    private static Task<Ok<ExhibitView>> PublishAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ClaimsPrincipal user,
        Editing editing,
        IOptionsMonitor<CuratorOptions> options,
        HttpResponse response,
        CancellationToken ct) =>
        ChangeAsync("publish", id, ifMatch, r => Transitions.Publish(r, IfMatch.NameOf(user), options.CurrentValue.SecondCurator), user, editing, response, ct);

    private static Task<Ok<ExhibitView>> WithdrawAsync(
        string id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct) =>
        ChangeAsync("withdraw", id, ifMatch, Transitions.Withdraw, user, editing, response, ct);

    private static async Task<Results<Ok<ExhibitView>, NoContent>> DiscardAsync(
        string id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var match = IfMatch.Of(ifMatch);
        var left = await editing.ChangeAsync(user, "discard", id, r => Transitions.Discard(match.Check(r)), ct);
        return left is null ? TypedResults.NoContent() : TypedResults.Ok(Tagged(left, response));
    }

    private static async Task<Ok<ExhibitView>> RestoreAsync(
        string id, int version, [FromHeader(Name = "If-Match")] string? ifMatch, IRecordStore store, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var earlier = (await store.VersionsAsync(id, ct)).FirstOrDefault(v => v.Number == version) ?? throw new ClientException("version_unknown", "There is no such version.", 404);
        var match = IfMatch.Of(ifMatch);
        var restored = await editing.ChangeAsync(
            user, "restore", id, r => r is null && match.Revision is null ? Transitions.Create(r, id, earlier.Document) : Transitions.Save(match.Check(r), earlier.Document), ct);
        return TypedResults.Ok(Tagged(restored!, response));
    }

    private static async Task<Ok<ExhibitView>> ChangeAsync(
        string action, string id, string? ifMatch, Func<ExhibitRecord, ExhibitRecord?> change, ClaimsPrincipal user, Editing editing, HttpResponse response, CancellationToken ct)
    {
        var match = IfMatch.Of(ifMatch);
        return TypedResults.Ok(Tagged((await editing.ChangeAsync(user, action, id, r => change(match.Check(r)), ct))!, response));
    }

    private static ExhibitView Tagged(ExhibitRecord record, HttpResponse response)
    {
        response.Headers.ETag = IfMatch.Tag(record);
        response.Headers.CacheControl = "no-store";
        return ExhibitView.Of(record);
    }
}

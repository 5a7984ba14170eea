using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Curators;

/// <summary><c>/api/curator/halls</c>: the rooms, which the guide names when it shows the way.</summary>
internal static class HallEndpoints
{
    private const int LongestName = 100;

    public static void MapHalls(this RouteGroupBuilder curator)
    {
        curator.MapGet("/halls", GetAsync).WithSummary("The rooms of the museum, by number; revision 0 is what halls.yaml says");
        curator.MapPut("/halls", SaveAsync).ProducesProblem(412).ProducesProblem(422).ProducesProblem(428).WithSummary("Names the rooms, all of them; from then on halls.yaml changes them no more");
    }

    private static async Task<Ok<HallsView>> GetAsync(HallStore store, ContentHolder content, HttpResponse response, CancellationToken ct)
    {
        if (await store.FindAsync(ct) is { } edited)
        {
            return TypedResults.Ok(Tagged(edited, response));
        }

        using var lease = content.Use();
        return TypedResults.Ok(Tagged(new EditedHalls(0, "content", lease.Index.Halls), response));
    }

    private static async Task<Ok<HallsView>> SaveAsync(
        EditedRooms request,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        ClaimsPrincipal user,
        HallStore store,
        ContentChanges changes,
        AuditLog audit,
        HttpResponse response,
        CancellationToken ct)
    {
        var revision = IfMatch.Of(ifMatch).Revision;
        var halls = Checked(request.Halls);
        var saved = await store.WriteAsync(halls, IfMatch.NameOf(user), revision, ct);

        // It is done, also for a caller who has left meanwhile.
        audit.Write(user, "halls.save", string.Create(CultureInfo.InvariantCulture, $"{halls.Count} rooms"));
        await changes.OfRecordsAsync(CancellationToken.None);
        return TypedResults.Ok(Tagged(saved, response));
    }

    private static List<Hall> Checked(IReadOnlyList<Hall>? halls)
    {
        var tidy = (halls ?? throw new ClientException("halls_missing", "The member 'halls' is missing."))
            .Select(h => new Hall(h.Number, new Localized<string>(TidyDocument.Line(h.Name?.En), TidyDocument.Line(h.Name?.Zh)))).OrderBy(h => h.Number).ToList();
        foreach (var hall in tidy)
        {
            var fault = hall.Number is < 1 or > ExhibitRules.HighestHall ? $"A room has a number from 1 to {ExhibitRules.HighestHall}."
                : tidy.Count(h => h.Number == hall.Number) > 1 ? "Two rooms have this number."
                : Tongues.All.All(t => hall.Name[t].Length == 0) ? "A room has a name in one language at least."
                : Tongues.All.Any(t => hall.Name[t].Length > LongestName) ? $"A room's name has at most {LongestName} characters."
                : null;
            if (fault is not null)
            {
                throw new ClientException("halls_invalid", string.Create(CultureInfo.InvariantCulture, $"Room {hall.Number}: {fault}"), 422);
            }
        }

        return tidy;
    }

    private static HallsView Tagged(EditedHalls edited, HttpResponse response)
    {
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{edited.Revision}\"");
        response.Headers.CacheControl = "no-store";
        return new HallsView(edited.Halls, edited.Revision, edited.UpdatedBy);
    }
}

/// <param name="Halls">All rooms; what is left out is no room any more.</param>
internal sealed record EditedRooms(IReadOnlyList<Hall>? Halls);

/// <param name="Revision">The ETag.</param>
/// <param name="UpdatedBy"><c>content</c>: the file.</param>
internal sealed record HallsView(IReadOnlyList<Hall> Halls, long Revision, string UpdatedBy);

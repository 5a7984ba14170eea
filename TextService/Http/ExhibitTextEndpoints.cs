using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Http;

/// <summary><c>GET /api/exhibits</c>: what is live, to be read by visitors: on the page, and without a network later.</summary>
internal static class ExhibitTextEndpoints
{
    private const int LargestPage = 100;

    public static void MapExhibitTexts(this IEndpointRouteBuilder endpoints)
    {
        var exhibits = endpoints.MapGroup("/api/exhibits").WithTags("exhibits");
        exhibits.MapGet("", List).ProducesProblem(401).ProducesProblem(422)
            .WithSummary("The texts of all exhibits by page: page, size (≤ 100), language; 304 as long as If-None-Match names the content");
        exhibits.MapGet("/{id}", Get).ProducesProblem(401).ProducesProblem(404).WithSummary("The text of one exhibit, in a language");
    }

    private static Results<Ok<ExhibitTexts>, StatusCodeHttpResult> List(ContentHolder content, HttpContext http, string? language, int? page, int? size)
    {
        var (at, most) = (page ?? 1, size ?? 50);
        if (at < 1 || most is < 1 or > LargestPage)
        {
            throw new ClientException("page_invalid", $"page is from 1, size 1–{LargestPage}.", 422);
        }

        var tongue = Tongues.Parse(language) ?? Tongue.En;
        using var lease = content.Use();
        var (index, tag) = (lease.Index, new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{lease.Index.Version}-{tongue.Code()}-{at}-{most}\"")));
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var shown = Enumerable.Range(0, index.Exhibits.Count).Skip((int)Math.Min(int.MaxValue, (at - 1L) * most)).Take(most);
        return TypedResults.Ok(new ExhibitTexts(index.Version, [.. shown.Select(n => ExhibitText.Of(index, n, tongue))], index.Exhibits.Count, at, most));
    }

    private static Ok<ExhibitText> Get(string id, string? language, ContentHolder content)
    {
        using var lease = content.Use();
        var number = lease.Index.NumberOf(id) ?? throw new ClientException("exhibit_unknown", "There is no such exhibit.", 404);
        return TypedResults.Ok(ExhibitText.Of(lease.Index, number, Tongues.Parse(language) ?? Tongue.En));
    }
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace Museum.Gateway.Site;

/// <summary>What a museum has set for its page.</summary>
/// <param name="Figure">Where the museum's own figure of the guide is (GLB or VRM), from this host; left out: the page shows its own.</param>
internal sealed record PageSettings(string? Figure);

/// <summary>What belongs to the page and not to its build. It is no API: nobody signs in for it, and it counts towards no limit.</summary>
internal static class PageSettingsEndpoints
{
    private const string Gltf = "model/gltf-binary";

    public static void MapPageSettings(this IEndpointRouteBuilder endpoints)
    {
        var page = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        page.MapGet("/page.json", (MuseumFigure figure, HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Ok(new PageSettings(figure.Find() is { } file ? MuseumFigure.AddressOf(file) : null));
        });
        page.MapGet(MuseumFigure.Folder + "/{name}", Results<PhysicalFileHttpResult, NotFound> (string name, MuseumFigure figure, HttpResponse response) =>
        {
            if (figure.Find() is not { } file || file.Name != name)
            {
                return TypedResults.NotFound();
            }

            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.PhysicalFile(file.FullName, Gltf, lastModified: file.LastWriteTimeUtc, enableRangeProcessing: true);
        });
    }
}

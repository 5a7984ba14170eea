using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Museum.Gateway.Edge;

namespace Museum.Gateway.Site;

/// <summary>The visitor's page: files as they are, and <c>index.html</c> for every address that the page itself knows (<c>/e/starry-night</c>).</summary>
internal static class SiteEndpoints
{
    private static readonly PathString Hashed = "/assets";

    private static readonly PathString[] NotThePage = ["/api", "/ws", "/openapi", "/health", "/.well-known"];

    public static void AddSite(this IServiceCollection services)
    {
        services.AddSingleton<SiteFiles>();
        services.AddSingleton<MuseumFigure>();
    }

    public static void UseSite(this WebApplication app) => app.UseWhen(IsForThePage, site =>
    {
        var files = app.Services.GetRequiredService<SiteFiles>();
        site.Use((context, next) =>
        {
            if (IsAnAddressOfThePage(context.Request))
            {
                context.Request.Path = "/index.html";
            }

            if (context.Request.Path == "/index.html" && !files.IsBuilt)
            {
                return WriteNotBuiltAsync(context, files);
            }

            context.Request.Path = CompressedForms.Choose(context.Request, files);
            return next(context);
        });
        site.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = Describe, ContentTypeProvider = new CompressedForms() });
        site.Run(InternalPaths.WriteNotFoundAsync);
    });

    private static bool IsForThePage(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetEndpoint() is null
        && !NotThePage.Any(path => context.Request.Path.StartsWithSegments(path));

    /// <summary>
    /// <c>/e/starry-night</c>, <c>/kiosk</c>, <c>/desk/exhibits</c>, and whatever else somebody may type into a browser: the page tells them.
    /// A file that is missing stays missing, or a script would be answered with a page.
    /// </summary>
    private static bool IsAnAddressOfThePage(HttpRequest request) =>
        request.Path == "/"
        || (!Path.HasExtension(request.Path.Value)
            && !request.Path.StartsWithSegments(Hashed)
            && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)));

    private static void Describe(StaticFileResponseContext context)
    {
        var response = context.Context.Response;
        var (path, encoding) = CompressedForms.Split(context.Context.Request.Path);
        CompressedForms.Describe(response, encoding);
        response.Headers.CacheControl = CachingOf(path);
    }

    /// <summary>
    /// Vite puts a hash of the content into the names below <c>assets/</c>: such a file never changes. The page, its service worker and its
    /// manifest say which of them belong together, and are asked for each time: else a visitor would keep an old museum.
    /// </summary>
    private static string CachingOf(PathString path) =>
        path.StartsWithSegments(Hashed) ? "public, max-age=31536000, immutable"
        : Path.GetExtension(path.Value) is ".html" or ".js" or ".webmanifest" ? "no-cache"
        : "public, max-age=3600";

    private static async Task WriteNotBuiltAsync(HttpContext context, SiteFiles files)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Museum</title>
            <h1>The page is not built yet</h1>
            <p>The guide itself is running, but <code>{System.Net.WebUtility.HtmlEncode(files.Root)}</code> holds no page.
            Build it with <code>./museum run</code>, or with <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, and load this again.</p>
            """,
            context.RequestAborted);
    }
}

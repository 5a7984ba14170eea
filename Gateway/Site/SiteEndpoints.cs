using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Museum.Gateway.Edge;

namespace Museum.Gateway.Site;

/// <summary>The visitor's page: files as they are, and <c>index.html</c> for every address that the page itself knows (<c>/e/starry-night</c>).</summary>
internal static class SiteEndpoints
{
    private static readonly PathString[] NotThePage = ["/api", "/ws", "/openapi", "/health", "/.well-known"];

    public static void AddSite(this IServiceCollection services)
    {
        services.AddSingleton<SiteFiles>();
        services.AddResponseCompression(options =>
        {
            // Only the page's own files pass through here, and they hold no secret that could leak by its length.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/wasm", "application/manifest+json"];
        });
    }

    public static void UseSite(this WebApplication app) => app.UseWhen(IsForThePage, site =>
    {
        var files = app.Services.GetRequiredService<SiteFiles>();
        site.UseResponseCompression();
        site.Use((context, next) =>
        {
            if (!Path.HasExtension(context.Request.Path.Value) && AcceptsHtml(context.Request))
            {
                context.Request.Path = "/index.html";
            }

            return files.IsBuilt || context.Request.Path != "/index.html" ? next(context) : WriteNotBuiltAsync(context, files);
        });
        site.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = SetCaching, ContentTypeProvider = Types() });
        site.Run(InternalPaths.WriteNotFoundAsync);
    });

    private static bool IsForThePage(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.GetEndpoint() is null
        && !NotThePage.Any(path => context.Request.Path.StartsWithSegments(path));

    private static bool AcceptsHtml(HttpRequest request) =>
        request.Path == "/" || request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Vite puts a hash of the content into the names below <c>assets/</c>: such a file never changes. The page itself is asked for each time.</summary>
    private static void SetCaching(StaticFileResponseContext context)
    {
        var path = context.Context.Request.Path;
        context.Context.Response.Headers[HeaderNames.CacheControl] =
            path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable"
            : path == "/index.html" ? "no-cache"
            : "public, max-age=3600";
    }

    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".glb"] = "model/gltf-binary";
        types.Mappings[".onnx"] = "application/octet-stream";
        return types;
    }

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

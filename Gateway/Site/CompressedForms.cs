using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Museum.Gateway.Site;

/// <summary>
/// The page's build writes <c>index-4f2a.js.br</c> and <c>.gz</c> beside <c>index-4f2a.js</c> (web/precompress.ts): the smallest that
/// there is, at no cost per request. Whoever accepts such a form gets it under the file's own address, type and caching.
/// </summary>
internal sealed class CompressedForms : IContentTypeProvider
{
    /// <summary>The smaller first. Browsers accept Brotli over HTTPS and from this very host alone.</summary>
    private static readonly (string Encoding, string Suffix)[] All = [("br", ".br"), ("gzip", ".gz")];

    private readonly FileExtensionContentTypeProvider types = new()
    {
        Mappings = { [".glb"] = "model/gltf-binary", [".vrm"] = "model/gltf-binary", [".onnx"] = "application/octet-stream" },
    };

    /// <summary>The path of the form that this client gets, which is the file itself where there is no other.</summary>
    public static PathString Choose(HttpRequest request, SiteFiles files)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        var form = All.FirstOrDefault(f => accepted.Any(a => a.Value == f.Encoding && a.Quality is not 0) && files.GetFileInfo(request.Path + f.Suffix).Exists);
        return request.Path + (form.Suffix ?? "");
    }

    /// <summary>The file's path without a form's suffix, and what the form is called in <c>Content-Encoding</c>; null for the file itself.</summary>
    public static (string Path, string? Encoding) Split(string path)
    {
        var form = All.FirstOrDefault(f => path.EndsWith(f.Suffix, StringComparison.Ordinal));
        return form.Suffix is null ? (path, null) : (path[..^form.Suffix.Length], form.Encoding);
    }

    public bool TryGetContentType(string subpath, out string contentType) => types.TryGetContentType(Split(subpath).Path, out contentType!);

    /// <summary>Also the file itself varies: a cache on the way must not give one client's form to another.</summary>
    public static void Describe(HttpResponse response, string? encoding)
    {
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }
    }
}

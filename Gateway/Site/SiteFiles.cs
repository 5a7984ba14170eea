using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Museum.ServiceDefaults.Configuration;

namespace Museum.Gateway.Site;

/// <summary>The built page's folder, which may be built after the gateway has started: then it is served from the next request on.</summary>
internal sealed class SiteFiles(IOptions<GatewayOptions> options, MuseumPaths paths) : IFileProvider, IDisposable
{
    private readonly Lock gate = new();
    private PhysicalFileProvider? files;

    public string Root { get; } = Path.GetFullPath(options.Value.WebRoot ?? Path.Combine(paths.Home, "web", "dist"));

    public bool IsBuilt => Folder() is { } folder && folder.GetFileInfo("index.html").Exists;

    public IFileInfo GetFileInfo(string subpath) => Folder()?.GetFileInfo(subpath) ?? new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    public void Dispose() => files?.Dispose();

    private PhysicalFileProvider? Folder()
    {
        lock (gate)
        {
            return files ??= Directory.Exists(Root) ? new PhysicalFileProvider(Root, ExclusionFilters.Sensitive) : null;
        }
    }
}

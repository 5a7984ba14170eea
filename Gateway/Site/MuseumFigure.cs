using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;

namespace Museum.Gateway.Site;

/// <summary>
/// The museum's own figure for the guide (<c>Gateway:Figure</c>), read anew at every look: a figure that is put into the mounted folder, or
/// changed there, is the guide of the next visitor.
/// </summary>
internal sealed partial class MuseumFigure(IOptionsMonitor<GatewayOptions> options, MuseumPaths paths, ILogger<MuseumFigure> logger)
{
    public static readonly PathString Folder = "/figure";

    private string? missed;

    /// <summary>Null where none is set, or where there is no such file: the page shows its own figure then.</summary>
    public FileInfo? Find()
    {
        if (options.CurrentValue.Figure is not { } path)
        {
            return null;
        }

        var file = new FileInfo(Path.GetFullPath(path, paths.Home));
        if (!file.Exists && Interlocked.Exchange(ref missed, file.FullName) != file.FullName)
        {
            LogMissing(file.FullName);
        }

        return file.Exists ? file : null;
    }

    /// <summary>Where a browser gets it. The version makes it another address when the file is another: until then it is kept.</summary>
    public static string AddressOf(FileInfo file) =>
        Folder.Add($"/{file.Name}").ToUriComponent() + $"?v={file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}";

    [LoggerMessage(LogLevel.Warning, "There is no figure at {Path}. Put a GLB or VRM file there, or take Gateway:Figure away; until then the guide's own is shown.")]
    private partial void LogMissing(string path);
}

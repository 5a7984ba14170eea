using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// Where things lie on this machine. <c>Museum:Home</c> (default: the nearest folder upwards that holds <c>config/global.json</c>),
/// <c>MUSEUM_DATA</c> (default: <c>data</c> there) and <c>Museum:Content</c> (default: <c>content</c> there).
/// </summary>
public sealed class MuseumPaths
{
    public MuseumPaths(IConfiguration configuration, IHostEnvironment environment)
    {
        Home = Path.GetFullPath(configuration["Museum:Home"] ?? FindHome(environment.ContentRootPath) ?? environment.ContentRootPath);
        Data = Path.GetFullPath(configuration["MUSEUM_DATA"] ?? configuration["Museum:Data"] ?? Path.Combine(Home, "data"));
        Content = Path.GetFullPath(configuration["Museum:Content"] ?? Path.Combine(Home, "content"));
    }

    public string Home { get; }

    /// <summary>What must survive a restart. A service keeps its own in a folder of its name: <see cref="DataOf"/>.</summary>
    public string Data { get; }

    public string Content { get; }

    /// <summary>The folder of a service below <see cref="Data"/>, made if it is not there, readable by its owner only.</summary>
    public string DataOf(string service)
    {
        var folder = Path.Combine(Data, service);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static string? FindHome(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "config", "global.json")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}

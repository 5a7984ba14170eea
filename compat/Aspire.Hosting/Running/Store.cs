using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The folder where servers keep their data and the AppHost its generated passwords.</summary>
internal static class Store
{
    // The original's key for the folder of its own store.
    private const string Key = "Aspire:Store:Path";

    public static string Folder(IDistributedApplicationBuilder builder) => Folder(builder.Configuration, builder.AppHostDirectory);

    public static string Folder(IConfiguration configuration, string appHostDirectory) =>
        Path.Combine(Path.GetFullPath(configuration[Key] ?? Path.Combine(appHostDirectory, "obj"), appHostDirectory), ".aspire");
}

using System.Diagnostics;

namespace Museum.TestKit;

/// <summary>Packages of npm that tests run as programs of their own: fetched once per checkout, by the lock file beside them.</summary>
public static class NodePackages
{
    private static readonly SemaphoreSlim OneInstall = new(1, 1);

    /// <param name="folder">With package.json and package-lock.json.</param>
    /// <param name="package">One of them, to see whether they are there.</param>
    /// <exception cref="InvalidOperationException">npm failed.</exception>
    public static async Task InstallAsync(string folder, string package)
    {
        await OneInstall.WaitAsync();
        try
        {
            if (Directory.Exists(Path.Combine(folder, "node_modules", package)))
            {
                return;
            }

            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci in {folder} ended with {npm.ExitCode}.");
            }
        }
        finally
        {
            OneInstall.Release();
        }
    }
}

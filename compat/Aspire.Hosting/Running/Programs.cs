using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>Finds programs.</summary>
internal static class Programs
{
    /// <summary>The <c>dotnet</c> that runs this AppHost: …/shared/Microsoft.NETCore.App/10.0.x/../../../dotnet.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static bool Exists(string command, string workingDirectory) =>
        command.Contains('/', StringComparison.Ordinal)
            ? File.Exists(Path.GetFullPath(command, workingDirectory))
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));
}

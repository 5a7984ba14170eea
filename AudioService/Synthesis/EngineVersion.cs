using System.Globalization;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Synthesis;

/// <summary>Tells one installed version of a native engine from another without loading it.</summary>
internal static class EngineVersion
{
    private static readonly string[] Folders =
    [
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "/usr/lib/aarch64-linux-gnu" : "/usr/lib/x86_64-linux-gnu",
        "/usr/local/lib",
        "/usr/lib",
        "/lib",
    ];

    /// <summary>Size and date of the library's file; empty when it does not lie where Debian puts it, and then an upgrade goes unnoticed.</summary>
    public static string Of(string library)
    {
        var file = Folders.Select(folder => new FileInfo(Path.Combine(folder, library))).FirstOrDefault(f => f.Exists);
        // A package's library is a link to the file with the version in its name.
        return file?.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? Stamp(target) : file is null ? "" : Stamp(file);
    }

    private static string Stamp(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
}

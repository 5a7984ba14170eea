using System.Xml.Linq;

namespace Museum.Architecture.Tests;

/// <summary>The repository as files: the rules are about what projects and sources say, not about what was built.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly string[] Services = ["Gateway", "SessionService", "TextService", "AudioService", "VoiceCallService", "AvatarService"];

    /// <summary>Paths of files relative to the root, with forward slashes; nothing that is built or installed.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "data"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>What a project file names: Include values of an item.</summary>
    public static IReadOnlyList<string> Items(string project, string item) =>
        [.. XDocument.Parse(Read(project)).Descendants(item).Select(e => ((string?)e.Attribute("Include") ?? "").Replace('\\', '/'))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Museum.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Museum.sln is nowhere upwards of the tests.");
        }

        return folder.FullName;
    }
}

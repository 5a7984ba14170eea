namespace Museum.TestKit;

/// <summary>Files in the repository that are made from the sources, and never stale.</summary>
public static class GeneratedFile
{
    /// <summary>Holds the file against what it should say today; <c>./museum schemas</c> writes it instead.</summary>
    /// <param name="path">From the repository's root.</param>
    /// <param name="text">All of it.</param>
    public static void AssertFresh(string path, string text)
    {
        var file = Path.Combine(Root(), path);
        if (Environment.GetEnvironmentVariable("MUSEUM_WRITE_SCHEMAS") is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == text, $"{path} is stale: run ./museum schemas and commit what it wrote.");
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Museum.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Museum.sln is nowhere upwards of the tests.");
        }

        return folder.FullName;
    }
}

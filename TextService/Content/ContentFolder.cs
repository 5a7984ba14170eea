using System.Security.Cryptography;
using System.Text;

namespace Museum.TextService.Content;

/// <summary>An entry as its file has it. <see cref="Exhibit"/> is null when the file is faulty; then <see cref="Fault"/> says why.</summary>
internal sealed record Entry(string Id, string Hash, Exhibit? Exhibit, EntryException? Fault);

/// <summary>The curators' files: <c>exhibits/*.md</c> and <c>halls.yaml</c>.</summary>
internal sealed class ContentFolder(string path)
{
    public string Path { get; } = path;

    private string Exhibits => System.IO.Path.Combine(Path, "exhibits");

    /// <summary>False: not mounted yet, or being replaced. That says nothing about the exhibits.</summary>
    public bool IsThere => Directory.Exists(Exhibits);

    /// <summary>All entries by id. A faulty one never hides the others.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no folder <c>exhibits</c>.</exception>
    public async Task<IReadOnlyList<Entry>> ReadAsync(CancellationToken ct)
    {
        var entries = new List<Entry>();
        foreach (var file in Directory.EnumerateFiles(Exhibits, "*.md").Order(StringComparer.Ordinal))
        {
            try
            {
                entries.Add(Read(System.IO.Path.GetFileName(file), await File.ReadAllTextAsync(file, ct)));
            }
            catch (FileNotFoundException)
            {
                // Removed between listing and reading: gone, as if it had never been listed.
            }
        }

        return entries;
    }

    public async Task<IReadOnlyList<Hall>> ReadHallsAsync(CancellationToken ct)
    {
        var file = System.IO.Path.Combine(Path, "halls.yaml");
        return File.Exists(file) ? HallList.Read("halls.yaml", await File.ReadAllTextAsync(file, ct)) : [];
    }

    private static Entry Read(string file, string text)
    {
        var id = System.IO.Path.GetFileNameWithoutExtension(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        try
        {
            return new Entry(id, hash, EntryReader.Read(file, text), null);
        }
        catch (EntryException fault)
        {
            return new Entry(id, hash, null, fault);
        }
    }
}

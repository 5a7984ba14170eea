using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Configuration;

namespace Museum.AudioService.PocketSphinx;

/// <summary>Models on disk, one folder per version of the content, so that a restart hears at once what it heard before.</summary>
internal sealed class SphinxModelStore(MuseumPaths paths, IOptions<SttOptions> options)
{
    // The one in use and the one before it: an edit that is taken back finds its model still there.
    private const int Kept = 2;

    private string Root => Path.Combine(paths.DataOf("audio"), "speech-models");

    /// <summary>The newest that can be used, if there is one.</summary>
    public (string Version, SphinxModel Model)? Newest() => Folders()
        .Select(folder => (Version: VersionOf(folder), Model: ModelIn(folder.FullName)))
        .Where(found => found.Version is not null && found.Model.IsComplete)
        .Select(found => ((string, SphinxModel)?)(found.Version!, found.Model))
        .FirstOrDefault();

    /// <summary>The model of these words, made now if it was not before.</summary>
    public (SphinxModel Model, IReadOnlyList<string> Mute) Make(MuseumWords words)
    {
        Directory.CreateDirectory(Root);
        var folder = Path.Combine(Root, NameOf(words.Version));
        var model = ModelIn(folder);
        if (model.IsComplete)
        {
            Directory.SetLastWriteTimeUtc(folder, TimeProvider.System.GetUtcNow().UtcDateTime);
            return (model, []);
        }

        // Under its name only when it is whole; two replicas on one disk may do this at the same time.
        var making = Path.Combine(Root, $".{Guid.NewGuid():N}");
        Directory.CreateDirectory(making);
        try
        {
            var dictionary = PronunciationDictionary.Read(Path.Combine(options.Value.PocketSphinx.Model, "cmudict-en-us.dict"));
            var mute = SphinxModelBuilder.Build(words, dictionary, making);
            if (!model.IsComplete)
            {
                Directory.Move(making, folder);
            }

            RemoveOld();
            return (model, mute);
        }
        finally
        {
            if (Directory.Exists(making))
            {
                Directory.Delete(making, recursive: true);
            }
        }
    }

    private SphinxModel ModelIn(string folder) => new(options.Value.PocketSphinx.Model, folder);

    private IEnumerable<DirectoryInfo> Folders() => Directory.Exists(Root)
        ? new DirectoryInfo(Root).EnumerateDirectories("en-*").OrderByDescending(d => d.LastWriteTimeUtc)
        : [];

    // Decoders have read their files whole, so a folder may go while they still listen.
    private void RemoveOld()
    {
        foreach (var folder in Folders().Skip(Kept).ToList())
        {
            folder.Delete(recursive: true);
        }
    }

    private static string NameOf(string version) => $"en-{SphinxModelBuilder.Recipe}-{version}";

    private static string? VersionOf(DirectoryInfo folder)
    {
        var prefix = NameOf("");
        return folder.Name.StartsWith(prefix, StringComparison.Ordinal) ? folder.Name[prefix.Length..] : null;
    }
}

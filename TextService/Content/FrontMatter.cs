using Museum.TextService.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Museum.TextService.Content;

/// <summary>A YAML mapping whose faults are reported with file and line.</summary>
internal sealed class FrontMatter
{
    private readonly string file;
    private readonly int firstLine;
    private readonly YamlMappingNode root;

    private FrontMatter(string file, int firstLine, YamlMappingNode root) => (this.file, this.firstLine, this.root) = (file, firstLine, root);

    /// <param name="file">Named in errors.</param>
    /// <param name="firstLine">The line of the file on which <paramref name="yaml"/> begins, from 1.</param>
    /// <param name="yaml">The block without its fences.</param>
    /// <exception cref="EntryException">Not a YAML mapping.</exception>
    public static FrontMatter Parse(string file, int firstLine, string yaml)
    {
        try
        {
            var stream = ShallowYaml.Load(yaml);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? new FrontMatter(file, firstLine, root)
                : throw new EntryException(file, firstLine, "the front matter is not a mapping");
        }
        catch (YamlException e)
        {
            throw new EntryException(file, firstLine + (int)e.Start.Line - 1, e.Message);
        }
        catch (InvalidOperationException)
        {
            // What YamlDotNet throws when a bracket stays open to the end.
            throw new EntryException(file, firstLine, "the front matter is not YAML: a bracket or a quotation mark is left open");
        }
    }

    public void AllowOnly(IReadOnlySet<string> keys)
    {
        foreach (var key in root.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
            {
                throw Fault(key, $"unknown key '{key}'");
            }
        }
    }

    public string Text(string key) => Scalar(Get(root, key, key), key);

    public int Number(string key, int from, int to)
    {
        var node = Get(root, key, key);
        return int.TryParse(Scalar(node, key), out var number) && number >= from && number <= to
            ? number
            : throw Fault(node, $"'{key}' must be a whole number from {from} to {to}");
    }

    public IReadOnlyList<string> List(string key) => Items(Get(root, key, key), key);

    /// <summary>Whether there is such a key, with this language if one is asked for.</summary>
    public bool Has(string key, string? tongue = null) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) && (tongue is null || (node is YamlMappingNode both && both.Children.ContainsKey(new YamlScalarNode(tongue))));

    public string Text(string key, string tongue) => Scalar(Side(key, tongue), $"{key}.{tongue}");

    public IReadOnlyList<string> List(string key, string tongue) => Items(Side(key, tongue), $"{key}.{tongue}");

    public Localized<string> Both(string key) => new(Text(key, "en"), Text(key, "zh"));

    public Localized<IReadOnlyList<string>> BothLists(string key) => new(List(key, "en"), List(key, "zh"));

    public EntryException Fault(string key, string reason) => Fault(Get(root, key, key), reason);

    private YamlNode Side(string key, string tongue) =>
        Get(root, key, key) is YamlMappingNode both ? Get(both, tongue, $"{key}.{tongue}") : throw Fault(key, $"'{key}' needs 'en' and 'zh'");

    private YamlNode Get(YamlMappingNode from, string key, string path) =>
        from.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : throw Fault(from, $"'{path}' is missing");

    private string Scalar(YamlNode node, string path) =>
        node is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value) ? value.Trim() : throw Fault(node, $"'{path}' must be a text");

    private List<string> Items(YamlNode node, string path) =>
        node is YamlSequenceNode items ? [.. items.Select(i => Scalar(i, path))] : throw Fault(node, $"'{path}' must be a list of texts");

    private EntryException Fault(YamlNode node, string reason) => new(file, firstLine + (int)Math.Max(1, node.Start.Line) - 1, reason);
}

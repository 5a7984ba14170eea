using System.Globalization;
using Museum.TextService.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Museum.TextService.Content;

/// <summary>Reads <c>halls.yaml</c>: a mapping from the hall's number to <c>{ en: …, zh: … }</c>.</summary>
internal static class HallList
{
    /// <exception cref="EntryException">The list cannot be read; says which line is at fault.</exception>
    public static IReadOnlyList<Hall> Read(string file, string yaml)
    {
        YamlStream stream;
        try
        {
            stream = ShallowYaml.Load(yaml);
        }
        catch (YamlException e)
        {
            throw new EntryException(file, (int)e.Start.Line, e.Message);
        }

        if (stream.Documents is not [{ RootNode: YamlMappingNode halls }])
        {
            throw new EntryException(file, 1, "expected a mapping from numbers to names");
        }

        return [.. halls.Children.Select(h => Read(file, h.Key, h.Value)).OrderBy(h => h.Number)];
    }

    private static Hall Read(string file, YamlNode key, YamlNode value)
    {
        var named = value as YamlMappingNode;
        string? Name(string tongue) => named?.Children.TryGetValue(new YamlScalarNode(tongue), out var n) == true ? (n as YamlScalarNode)?.Value : null;
        return int.TryParse(key.ToString(), CultureInfo.InvariantCulture, out var number) && Name("en") is { } en && Name("zh") is { } zh
            ? new Hall(number, new Localized<string>(en, zh))
            : throw new EntryException(file, (int)key.Start.Line, "expected NUMBER: { en: NAME, zh: NAME }");
    }
}

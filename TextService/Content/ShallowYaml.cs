using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Museum.TextService.Content;

/// <summary>
/// Loads YAML that nobody has looked at yet. YamlStream calls itself for every level, and a stack that overflows ends the process whatever
/// catches; the parser does not, so it goes first.
/// </summary>
internal static class ShallowYaml
{
    // The deepest of an entry: a list in a language of a key.
    private const int Deepest = 8;

    // The longest front matter of the museum has 3 KB.
    private const int Longest = 64 * 1024;

    /// <exception cref="YamlException">It is no YAML, too long or too deep.</exception>
    public static YamlStream Load(string yaml)
    {
        if (yaml.Length > Longest)
        {
            throw new YamlException(Mark.Empty, Mark.Empty, $"at most {Longest} characters");
        }

        var depth = 0;
        for (var parser = new Parser(new StringReader(yaml)); parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest + 2)
            {
                throw new YamlException(parser.Current.Start, parser.Current.End, $"at most {Deepest} levels");
            }
        }

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream;
    }
}

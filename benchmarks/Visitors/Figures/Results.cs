using System.Text.Json;
using System.Text.Json.Serialization;

namespace Museum.Benchmarks.Visitors.Figures;

/// <summary>Keeps a result: as JSON, names in snake_case, and beside it as the text that people read.</summary>
public static class Results
{
    // A goal whose figure there was nothing to take of is missed by infinity.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static async Task WriteAsync(string file, object result, Action<TextWriter> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, Json) + "\n");
        await using var text = new StreamWriter(Path.ChangeExtension(file, ".txt"));
        write(text);
    }
}

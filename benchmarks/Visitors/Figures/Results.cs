using System.Text.Json;

namespace Museum.Benchmarks.Visitors.Figures;

/// <summary>Keeps a result as JSON, names in snake_case.</summary>
public static class Results
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static async Task WriteAsync(string file, object result)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, Json) + "\n");
    }
}

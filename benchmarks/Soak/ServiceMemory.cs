using System.Globalization;

namespace Museum.Benchmarks.Soak;

/// <summary>Resident memory of this machine's museum services, by assembly, in bytes.</summary>
internal static class ServiceMemory
{
    public static SortedDictionary<string, long> Read()
    {
        var memory = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var assembly = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0').FirstOrDefault(a => Path.GetFileName(a).StartsWith("Museum.", StringComparison.Ordinal));
                if (assembly is not null)
                {
                    var name = Path.GetFileNameWithoutExtension(assembly);
                    var pages = long.Parse(File.ReadAllText(Path.Combine(folder, "statm")).Split(' ')[1], CultureInfo.InvariantCulture);
                    memory[name] = memory.GetValueOrDefault(name) + (pages * Environment.SystemPageSize);
                }
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return memory;
    }
}

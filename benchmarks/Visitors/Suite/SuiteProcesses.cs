using System.Globalization;

namespace Museum.Benchmarks.Visitors.Suite;

/// <summary>A process of the suite and what it has used up to now.</summary>
/// <param name="Id">The process's id.</param>
/// <param name="Name">The service, or Redis, RabbitMQ, AppHost.</param>
/// <param name="ResidentBytes">Memory that is in RAM.</param>
/// <param name="Processor">Processor time since its start.</param>
public sealed record SuiteProcess(int Id, string Name, long ResidentBytes, TimeSpan Processor);

/// <summary>The processes that descend from one AppHost: others on this machine may run the same programs.</summary>
public static class SuiteProcesses
{
    // USER_HZ, which Linux gives to every program as 100, whatever the kernel's own is (time(7)).
    private const double TicksPerSecond = 100;

    public static IReadOnlyList<SuiteProcess> Under(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder)).Select(id => id.All(char.IsAsciiDigit) ? ReadStat(id) : null)
            .OfType<Stat>()
            .ToDictionary(stat => stat.Id);
        return [.. all.Values.Where(stat => DescendsFrom(stat, root, all)).Select(Describe).OfType<SuiteProcess>().OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>Processor time of the thread of that name since its start, in steps of 10 ms; zero: there is none.</summary>
    public static TimeSpan ThreadOf(int process, string name)
    {
        var threads = Directory.EnumerateDirectories($"/proc/{process}/task").Select(t => ReadStat($"{process}/task/{Path.GetFileName(t)}")).OfType<Stat>();
        return threads.FirstOrDefault(t => t.Program == name)?.Processor ?? TimeSpan.Zero;
    }

    /// <summary>What this very process has used.</summary>
    public static SuiteProcess Self() => new(Environment.ProcessId, "this benchmark", Environment.WorkingSet, Environment.CpuUsage.TotalTime);

    private static bool DescendsFrom(Stat stat, int root, Dictionary<int, Stat> all)
    {
        for (Stat? at = stat; at is not null; at = all.GetValueOrDefault(at.Parent))
        {
            if (at.Id == root)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Null: a shell, or something else that is not the suite's own.</returns>
    private static SuiteProcess? Describe(Stat stat)
    {
        var name = stat.Program switch
        {
            "redis-server" => "Redis",
            "beam.smp" => "RabbitMQ",
            _ => AssemblyOf(stat.Id),
        };
        return name is null ? null : new SuiteProcess(stat.Id, name, stat.ResidentBytes, stat.Processor);
    }

    private static string? AssemblyOf(int id)
    {
        var assembly = Read(id.ToString(CultureInfo.InvariantCulture), "cmdline")?.Split('\0').Select(Path.GetFileName).FirstOrDefault(a => a!.StartsWith("Museum.", StringComparison.Ordinal) || a == "AppHost.dll");
        return assembly is null ? null : Path.GetFileNameWithoutExtension(assembly).Replace("Museum.", "", StringComparison.Ordinal);
    }

    /// <summary>
    /// <c>4711 (beam.smp) S 4700 … utime stime … rss …</c>: the program stands in brackets and may hold blanks (proc(5)).
    /// </summary>
    private static Stat? ReadStat(string id)
    {
        if (Read(id, "stat") is not { } line)
        {
            return null;
        }

        var (open, close) = (line.IndexOf('(', StringComparison.Ordinal), line.LastIndexOf(')'));
        var fields = line[(close + 2)..].Split(' ');
        long Number(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
        return new Stat(
            int.Parse(line[..open], CultureInfo.InvariantCulture), (int)Number(4), line[(open + 1)..close], Number(24) * Environment.SystemPageSize, TimeSpan.FromSeconds((Number(14) + Number(15)) / TicksPerSecond));
    }

    private static string? Read(string id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while it was looked at, or is somebody else's.
            return null;
        }
    }

    private sealed record Stat(int Id, int Parent, string Program, long ResidentBytes, TimeSpan Processor);
}

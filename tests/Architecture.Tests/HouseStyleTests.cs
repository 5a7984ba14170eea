using System.Text.RegularExpressions;

namespace Museum.Architecture.Tests;

/// <summary>The rules of the house that a machine can see. <c>Those</c> names the offenders when a rule is broken.</summary>
public sealed partial class HouseStyleTests
{
    private static IEnumerable<string> Sources => Repository.Files("*.cs").Concat(Repository.Files("*.ts")).Concat(Repository.Files("*.vue"));

    [Fact]
    public void Program_cs_has_at_most_thirty_lines() =>
        Assert.All(Repository.Files("Program.cs"), f => Assert.InRange(Repository.Read(f).Split('\n').Length, 1, 31));

    [Fact]
    public void No_file_has_a_name_that_says_nothing() =>
        Assert.Empty(Those(Sources.Where(f => NothingName().IsMatch(Path.GetFileName(f)) && !f.StartsWith("compat/", StringComparison.Ordinal))));

    [Fact]
    public void No_file_of_the_house_is_longer_than_three_hundred_lines() =>
        Assert.Empty(Those(Sources.Where(f => Path.GetFileName(f) != "generated.ts" && Repository.Read(f).Split('\n').Length > 300)));

    [Fact]
    public void Nothing_sleeps_and_nothing_blocks_on_a_task() =>
        Assert.Empty(Those(Repository.Files("*.cs")
            // The official API that compat stands in for has synchronous members; between processes there is only polling for a file's lock,
            // once at start-up; the espeak-ng worker has a thread of its own for its input.
            .Where(f => !f.StartsWith("compat/", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal))
            .Where(f => f != "SessionService/FileLock.cs" && !f.StartsWith("AudioService.Espeak/", StringComparison.Ordinal))
            .Where(f => Blocking().IsMatch(Repository.Read(f)))));

    [Fact]
    public void No_channel_is_without_bounds() =>
        Assert.Empty(Those(Repository.Files("*.cs")
            .Where(f => !f.StartsWith("tests/", StringComparison.Ordinal))
            .Where(f => Repository.Read(f).Contains("CreateUnbounded", StringComparison.Ordinal))));

    [Fact]
    public void No_registry_host_is_named_anywhere() =>
        Assert.Empty(Those(Repository.Files("package-lock.json").Where(f => Repository.Read(f).Contains("\"resolved\"", StringComparison.Ordinal))));

    private static string[] Those(IEnumerable<string> files) => [.. files];

    [GeneratedRegex(@"^(.*(Helpers?|Utils?|Extensions|Common|Misc))\.(cs|ts|vue)$")]
    private static partial Regex NothingName();

    [GeneratedRegex(@"Thread\.Sleep\(|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Blocking();
}

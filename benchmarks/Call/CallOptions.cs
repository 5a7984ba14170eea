using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Museum.Benchmarks.Call;

/// <summary>What is run: which scenarios, with so many calls at once, for so long each.</summary>
internal sealed record CallOptions
{
    public static readonly string[] AllScenarios = ["questions", "interruptions", "noises", "noise", "network", "disconnects"];

    public int Calls { get; init; } = 1;

    /// <summary>Of each scenario.</summary>
    public double Minutes { get; init; } = 2;

    /// <summary>From one question of a call to the next; later, when the answer takes longer.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Who asks what, and what disturbs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>Where the result goes as JSON.</summary>
    public required string Out { get; init; }

    public IReadOnlyList<string> Scenarios { get; init; } = AllScenarios;

    /// <exception cref="FormatException">An option is not what it should be.</exception>
    public static CallOptions Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        var options = new CallOptions { Root = given["root"] ?? ".", Out = given["out"] ?? ".museum/call.json" };
        string[] named = [.. args.Where((arg, i) => !arg.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !args[i - 1].StartsWith("--", StringComparison.Ordinal) || args[i - 1].Contains('=')))];
        if (named.FirstOrDefault(n => !AllScenarios.Contains(n)) is { } unknown)
        {
            throw new FormatException($"There is no scenario \"{unknown}\": {string.Join(", ", AllScenarios)}.");
        }

        return options with
        {
            Calls = given["calls"] is { } calls ? int.Parse(calls, CultureInfo.InvariantCulture) : options.Calls,
            Minutes = given["minutes"] is { } minutes ? double.Parse(minutes, CultureInfo.InvariantCulture) : options.Minutes,
            Every = given["every"] is { } every ? TimeSpan.FromSeconds(double.Parse(every.TrimEnd('s'), CultureInfo.InvariantCulture)) : options.Every,
            Seed = given["seed"] is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : options.Seed,
            Scenarios = named.Length > 0 ? named : options.Scenarios,
        };
    }
}

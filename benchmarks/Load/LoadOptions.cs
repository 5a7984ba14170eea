using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Museum.Benchmarks.Load;

/// <summary>What is run: so many visitors, each asking every so often, for so long.</summary>
internal sealed record LoadOptions
{
    public int Visitors { get; init; } = 200;

    /// <summary>From one question of a visitor to the next.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);

    public double Minutes { get; init; } = 5;

    /// <summary>Which questions are popular, and who asks what when.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The repository.</summary>
    public required string Root { get; init; }

    /// <summary>Where the result goes as JSON.</summary>
    public required string Out { get; init; }

    /// <exception cref="FormatException">An option is not what it should be.</exception>
    public static LoadOptions Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        int Number(string name, int otherwise) => given[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var options = new LoadOptions { Root = given["root"] ?? ".", Out = given["out"] ?? ".museum/load.json" };
        return options with
        {
            Visitors = Number("visitors", options.Visitors),
            Every = given["every"] is { } every ? TimeSpan.FromSeconds(double.Parse(every.TrimEnd('s'), CultureInfo.InvariantCulture)) : options.Every,
            Minutes = given["minutes"] is { } minutes ? double.Parse(minutes, CultureInfo.InvariantCulture) : options.Minutes,
            Seed = Number("seed", options.Seed),
        };
    }
}

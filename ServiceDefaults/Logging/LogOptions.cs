using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Logging;

/// <summary>Section <c>Logging</c> as far as it is an operator's. The framework reads the levels, and follows them while the service runs.</summary>
internal sealed class LogOptions
{
    public const string Section = "Logging";
    public const string Console = "console";
    public const string ToFile = "file";

    [Setting("Least level of log lines by category, Default for all others. Debug may show visitors' words: only to find a fault.", Live = true)]
    public Dictionary<string, LogLevel> LogLevel { get; init; } = new() { ["Default"] = Microsoft.Extensions.Logging.LogLevel.Information };

    [Setting("Where log lines go: console, file, or both. Without a value to the console.")]
    public List<string>? Handlers { get; init; }

    public LogFileOptions File { get; init; } = new();
}

/// <summary>Section <c>Logging:File</c>.</summary>
internal sealed class LogFileOptions
{
    [Setting("The file, below the data folder unless absolute; {service} is the service's name. A second replica on the machine writes to NAME-2, and so on.")]
    [Required]
    public string Path { get; init; } = "logs/{service}.log";

    [Setting("The size at which a file is full and the next one begun, in MiB.")]
    [Range(0.001, 1_024)]
    public double MaxMb { get; init; } = 16;

    [Setting("How many files are kept, the one that is written to included; the older ones are named NAME.1, NAME.2, ….")]
    [Range(1, 100)]
    public int Files { get; init; } = 5;
}

using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Section <c>Logging</c> as far as it is an operator's; the framework reads it.</summary>
internal sealed class LoggingSettings
{
    [Setting("Least level of log lines by category, Default for all others. Debug may show visitors' words: only to find a fault.", Live = true)]
    public Dictionary<string, LogLevel> LogLevel { get; init; } = new() { ["Default"] = Microsoft.Extensions.Logging.LogLevel.Information };
}

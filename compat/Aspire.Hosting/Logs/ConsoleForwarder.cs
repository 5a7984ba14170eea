using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

/// <summary>Prints what resources write, each line after the name of its resource; or hands it to the AppHost's logging.</summary>
internal static class ConsoleForwarder
{
    private const int NameWidth = 16;

    public static void ToConsole(ResourceLoggerService loggers) =>
        loggers.Forward = (name, line, isError) => (isError ? Console.Error : Console.Out).WriteLine($"{name.PadRight(NameWidth)} | {line}");

    public static void ToLogging(ResourceLoggerService loggers, ILoggerFactory factory, string applicationName) =>
        loggers.Forward = (name, line, isError) => factory.CreateLogger($"{applicationName}.Resources.{name}").Log(isError ? LogLevel.Error : LogLevel.Information, "{Line}", line);
}

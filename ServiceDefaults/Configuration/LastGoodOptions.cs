using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// Makes options as the framework does, but once they were good, a configuration that makes no sense changes nothing: a slip in an edited
/// file must not turn every later request into an error.
/// </summary>
internal sealed partial class LastGoodOptions<T>(
    IEnumerable<IConfigureOptions<T>> setups,
    IEnumerable<IPostConfigureOptions<T>> later,
    IEnumerable<IValidateOptions<T>> validations,
    ILogger<LastGoodOptions<T>> logger) : IOptionsFactory<T>
    where T : class
{
    private readonly OptionsFactory<T> factory = new(setups, later, validations);
    private readonly ConcurrentDictionary<string, T> lastGood = new();

    public T Create(string name)
    {
        try
        {
            return lastGood[name] = factory.Create(name);
        }
        // The second: a text that the binder cannot turn into the property's type.
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException && lastGood.TryGetValue(name, out _))
        {
            LogKept(logger, typeof(T).Name, e.Message);
            return lastGood[name];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Options} stay as they are, for the configuration is wrong: {Reason}")]
    private static partial void LogKept(ILogger logger, string options, string reason);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Logging;

/// <summary>Log lines to the console, as JSON outside of Development, and to a file if <c>Logging:Handlers</c> says so.</summary>
internal static class LoggingRegistration
{
    public static void AddMuseumLogging(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<LogOptions>(LogOptions.Section);
        // Without AddRuntimeOptions, whose last good options log, and these are what logging is made of.
        services.AddSingleton<IValidateOptions<LogOptions>>(new SettingsValidator<LogOptions>(LogOptions.Section));
        services.AddOptions<LogOptions>().BindConfiguration(LogOptions.Section)
            .Validate(o => o.Handlers is null || o.Handlers.TrueForAll(h => h is LogOptions.Console or LogOptions.ToFile), $"{LogOptions.Section}:Handlers: each is {LogOptions.Console} or {LogOptions.ToFile}.")
            .ValidateOnStart();
        services.AddSingleton<JsonLineFormatter>();

        // The line of JSON says both itself, by their names.
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);
        // Its line per request holds the query, and with it ?access_token= (protocol.md, Opening); the span tells the same without. Put
        // first, so that a setting for this very category wins.
        services.Configure<LoggerFilterOptions>(options => options.Rules.Insert(
            0, new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null)));

        var handlers = builder.Configuration.GetSection($"{LogOptions.Section}:{nameof(LogOptions.Handlers)}").Get<string[]>() ?? [LogOptions.Console];
        if (!handlers.Contains(LogOptions.Console))
        {
            foreach (var console in services.Where(s => s.ImplementationType == typeof(ConsoleLoggerProvider)).ToArray())
            {
                services.Remove(console);
            }
        }
        else if (builder.Configuration["Logging:Console:FormatterName"] is null && !builder.Environment.IsDevelopment())
        {
            services.AddSingleton<ConsoleFormatter>(provider => provider.GetRequiredService<JsonLineFormatter>());
            builder.Logging.AddConsole(options => options.FormatterName = JsonLineFormatter.FormatterName);
        }

        if (handlers.Contains(LogOptions.ToFile))
        {
            services.AddSingleton<ILoggerProvider, FileLoggerProvider>();
        }
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Logging;

namespace Museum.ServiceDefaults.Tests.Logging;

public sealed class ConsoleLineTests
{
    [Fact]
    public async Task Every_line_names_the_service_its_environment_and_its_replica()
    {
        await using var service = await DefaultsHost.StartAsync(service: "bellservice");
        var line = Line(service, l => l.LogInformation("The bell rang {Times} times", 3));

        Assert.Equal("bellservice", (string?)line["service"]);
        Assert.Equal(service.App.Environment.EnvironmentName, (string?)line["environment"]);
        Assert.Equal(service.Get<ServiceIdentity>().Instance, (string?)line["instance"]);
        Assert.Equal(("information", "The bell rang 3 times", 3), ((string?)line["level"], (string?)line["message"], (int)line["state"]!["times"]!));
        Assert.True(DateTimeOffset.TryParse((string?)line["timestamp"], out _));
    }

    [Fact]
    public async Task A_line_carries_its_trace_its_scopes_and_its_exception_and_stays_one_line()
    {
        await using var service = await DefaultsHost.StartAsync();
        using var activity = new Activity("turn").Start();
        var line = Line(service, l =>
        {
            using var outer = l.BeginScope(new Dictionary<string, object?> { ["SessionId"] = "outer", ["Hall"] = 2 });
            using var inner = l.BeginScope(new Dictionary<string, object?> { ["SessionId"] = "inner" });
            l.LogError(new InvalidOperationException("two\nlines"), "星夜");
        });

        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), ((string?)line["trace_id"], (string?)line["span_id"]));
        Assert.Equal(("inner", 2), ((string?)line["scope"]!["session_id"], (int)line["scope"]!["hall"]!));
        Assert.Contains("two\nlines", (string?)line["exception"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public async Task What_JSON_has_no_number_for_is_a_string(double value, string text)
    {
        await using var service = await DefaultsHost.StartAsync();
        Assert.Equal(text, (string?)Line(service, l => l.LogInformation("It took {Long}", value))["state"]!["long"]);
    }

    [Theory]
    [InlineData("Production", null, "museum")]
    [InlineData("Development", null, null)]
    [InlineData("Production", "simple", "simple")]
    public void The_console_says_JSON_outside_of_Development_unless_another_format_is_set(string environment, string? configured, string? used)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Logging:Console:FormatterName"] = configured;
        builder.AddServiceDefaults("testservice");
        using var services = builder.Services.BuildServiceProvider();
        Assert.Equal(used, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }

    private static JsonNode Line(DefaultsHost service, Action<ILogger> log)
    {
        using var written = new StringWriter();
        var scopes = new LoggerExternalScopeProvider();
        log(new FormattingLogger(service.Get<JsonLineFormatter>(), scopes, written));
        Assert.EndsWith("}\n", written.ToString(), StringComparison.Ordinal);
        return JsonNode.Parse(Assert.Single(written.ToString().TrimEnd('\n').Split('\n')))!;
    }

    /// <summary>As the console's own logger, into a text.</summary>
    private sealed class FormattingLogger(ConsoleFormatter formatter, IExternalScopeProvider scopes, TextWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            formatter.Write(new LogEntry<TState>(logLevel, "Museum.Bell", eventId, state, exception, format), scopes, writer);
    }
}

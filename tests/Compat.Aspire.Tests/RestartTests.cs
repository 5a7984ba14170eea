using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Museum.AppHost.Running;

namespace Compat.Aspire.Tests;

/// <summary>AppHost/Running/RestartOnExit by the official API; the sample host holds the same file.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_service_that_exits_starts_again_but_what_was_stopped_stays_stopped()
    {
        await using var builder = TestModel.Create();
        builder.AddEcho("crashing");
        builder.AddEcho("stopped");
        builder.RestartWhatExits();
        await using var app = await builder.StartAsync();
        var notifications = app.ResourceNotifications;
        var first = (await notifications.WaitForResourceHealthyAsync("crashing", Limits.Deadline)).Snapshot.StartTimeStamp;
        await app.ResourceCommands.ExecuteCommandAsync("stopped", KnownResourceCommands.StopCommand, Limits.Deadline);

        await ExitAsync(app, "crashing");
        await notifications.WaitForResourceAsync("crashing", e => e.Snapshot.StartTimeStamp > first && e.Snapshot.HealthStatus == HealthStatus.Healthy, Limits.Deadline);
        Assert.Equal(KnownResourceStates.Finished, app.State("stopped").State!.Text);
    }

    [Fact]
    public async Task The_pause_grows_with_every_exit_that_comes_soon()
    {
        await using var builder = TestModel.Create();
        var pauses = Pauses(builder);
        builder.AddScript("failing", "exit 1");
        builder.RestartWhatExits();
        await using var app = await builder.StartAsync();
        await Eventually.TrueAsync(() => pauses.Count >= 3);
        Assert.Equal([0.5, 1, 2], pauses.Take(3));
    }

    [Fact]
    public async Task The_pause_is_short_again_after_a_while_of_running()
    {
        await using var builder = TestModel.Create();
        var pauses = Pauses(builder);
        var time = new ManualTime(realTimers: true);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.AddEcho();
        builder.RestartWhatExits();
        await using var app = await builder.StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("echo", IsHealthy, Limits.Deadline);
        await ExitAsync(app, "echo");
        await Eventually.TrueAsync(() => pauses.Count == 1);
        await app.ResourceNotifications.WaitForResourceAsync("echo", IsHealthy, Limits.Deadline);
        await ExitAsync(app, "echo");
        await Eventually.TrueAsync(() => pauses.Count == 2);
        await app.ResourceNotifications.WaitForResourceAsync("echo", IsHealthy, Limits.Deadline);
        time.Advance(TimeSpan.FromSeconds(31));
        await ExitAsync(app, "echo");
        await Eventually.TrueAsync(() => pauses.Count == 3);
        Assert.Equal([0.5, 1, 0.5], pauses);
    }

    private static bool IsHealthy(ResourceEvent change) => change.Snapshot.HealthStatus == HealthStatus.Healthy;

    private static async Task ExitAsync(DistributedApplication app, string name)
    {
        using var client = app.CreateHttpClient(name, "http");
        // From before its end on: half a second later it is there again.
        var ends = app.ResourceNotifications.WaitForResourceAsync(name, e => e.Snapshot.HealthStatus is null, Limits.Deadline);
        await Record.ExceptionAsync(() => client.PostAsync("/exit/1", null, Limits.Deadline));
        await ends;
    }

    private static ConcurrentQueue<double> Pauses(IDistributedApplicationTestingBuilder builder)
    {
        var pauses = new ConcurrentQueue<double>();
        builder.Services.AddLogging(logging => logging.AddProvider(new PauseReader(pauses)));
        return pauses;
    }

    /// <summary>Takes the announced pauses from the log's values.</summary>
    private sealed class PauseReader(ConcurrentQueue<double> pauses) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(v => v.Key == "Seconds").Value is double pause)
            {
                pauses.Enqueue(pause);
            }
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}

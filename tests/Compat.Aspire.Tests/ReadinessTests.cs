using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Museum.AppHost.Running;

namespace Compat.Aspire.Tests;

/// <summary>AppHost/Running/Readiness by the official API; the sample host holds the same file.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Readiness_is_announced_once_everything_has_been_healthy()
    {
        var isHealthy = false;
        await using var builder = TestModel.Create();
        builder.Services.AddHealthChecks().AddCheck("gate", () => Volatile.Read(ref isHealthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        builder.AddScript("quick", "exec sleep 1000");
        builder.AddScript("slow", "exec sleep 1000").WithHealthCheck("gate");
        using var output = new Said();
        builder.AnnounceReadiness("Sample", () => "http://localhost:1", output);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("quick", Limits.Deadline);
        Assert.Equal("", output.ToString());

        Volatile.Write(ref isHealthy, true);
        await Eventually.TrueAsync(() => output.ToString() == $"Sample is ready at http://localhost:1{Environment.NewLine}");
    }

    [Fact]
    public async Task What_is_missing_is_named_with_its_state_and_its_last_report()
    {
        await using var builder = TestModel.Create();
        var patience = new LastingPatience();
        builder.Services.AddSingleton<TimeProvider>(patience);
        builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy("no voice loaded"));
        builder.AddScript("fine", "exec sleep 1000");
        builder.AddScript("ill", "exec sleep 1000").WithHealthCheck("never");
        builder.AddScript("gone", "exit 3").WithHealthCheck("never");
        builder.AddExecutable("absent", "no-such-program", Path.GetTempPath(), (string[])[]);
        using var output = new Said();
        builder.AnnounceReadiness("Sample", () => "", output);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("fine", Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("ill", e => e.Snapshot.HealthReports.Any(r => r.Description is not null), Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("gone", e => e.Snapshot.ExitCode == 3, Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("absent", KnownResourceStates.FailedToStart, Limits.Deadline);

        patience.Ends();
        await Eventually.TrueAsync(() => output.ToString().Contains("absent", StringComparison.Ordinal));
        Assert.Equal(
            ["Sample is not ready after 60 s. Missing:", "  ill (Running: no voice loaded)", "  gone (Finished, exit code 3)", "  absent (FailedToStart)"],
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Read by the test while the application writes.</summary>
    private sealed class Said : StringWriter
    {
        private readonly Lock _lock = new();

        public override void WriteLine(string? value)
        {
            lock (_lock)
            {
                base.WriteLine(value);
            }
        }

        public override string ToString()
        {
            lock (_lock)
            {
                return base.ToString();
            }
        }
    }

    /// <summary>Runs as ever, but for the minute after which it is said what is missing: that ends when the test says so.</summary>
    private sealed class LastingPatience : TimeProvider
    {
        private readonly ManualTime standing = new();

        public void Ends() => standing.Advance(TimeSpan.FromSeconds(60));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime == TimeSpan.FromSeconds(60) ? standing.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, dueTime, period);
    }
}

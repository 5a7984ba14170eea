using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Compat.Aspire.Tests;

public sealed class WaitingTests
{
    [Fact]
    public async Task Who_waits_for_health_starts_after_it_and_no_earlier()
    {
        var isHealthy = false;
        await using var builder = TestModel.Create();
        builder.Services.AddHealthChecks().AddCheck("gate", () => Volatile.Read(ref isHealthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("closed"));
        var first = builder.AddScript("first", "exec sleep 1000").WithHealthCheck("gate");
        builder.AddScript("second", "exec sleep 1000").WaitFor(first);
        await using var app = await builder.StartAsync();

        await app.LineAsync("second", "Waiting for resource 'first' to become healthy.");
        await app.ResourceNotifications.WaitForResourceAsync("first", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Limits.Deadline);
        Assert.Equal(KnownResourceStates.Waiting, app.State("second").State!.Text);

        Volatile.Write(ref isHealthy, true);
        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.Running, Limits.Deadline);
        Assert.Equal(HealthStatus.Healthy, app.State("first").HealthStatus);
        Assert.True(app.State("first").StartTimeStamp <= app.State("second").StartTimeStamp);
    }

    [Fact]
    public async Task Who_waits_for_a_start_does_not_wait_for_health()
    {
        await using var builder = TestModel.Create();
        builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        var first = builder.AddScript("first", "exec sleep 1000").WithHealthCheck("never");
        builder.AddScript("second", "exec sleep 1000").WaitForStart(first);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.Running, Limits.Deadline);
        Assert.Equal(HealthStatus.Unhealthy, app.State("first").HealthStatus);
    }

    [Fact]
    public async Task Who_waits_for_completion_starts_after_the_right_exit_code()
    {
        await using var builder = TestModel.Create();
        var migration = builder.AddScript("migration", "exit 3");
        builder.AddScript("service", "exec sleep 1000").WaitForCompletion(migration, exitCode: 3);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.Running, Limits.Deadline);
        Assert.Equal(3, app.State("migration").ExitCode);
    }

    [Fact]
    public async Task Who_waits_for_completion_fails_on_another_exit_code()
    {
        await using var builder = TestModel.Create();
        var migration = builder.AddScript("migration", "exit 3");
        builder.AddScript("service", "exec sleep 1000").WaitForCompletion(migration);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.FailedToStart, Limits.Deadline);
    }

    [Fact]
    public async Task Who_waits_for_what_cannot_start_fails_as_well()
    {
        await using var builder = TestModel.Create();
        var broken = builder.AddExecutable("broken", "no-such-program", Path.GetTempPath(), (string[])[]);
        builder.AddScript("service", "exec sleep 1000").WaitFor(broken);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.FailedToStart, Limits.Deadline);
        await app.LineAsync("broken", "The program 'no-such-program' is not there.");
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("service", Limits.Deadline));
    }

    [Fact]
    public async Task Waiting_on_although_it_cannot_start_is_possible()
    {
        await using var builder = TestModel.Create();
        var broken = builder.AddExecutable("broken", "no-such-program", Path.GetTempPath(), (string[])[]);
        builder.AddScript("service", "exec sleep 1000").WaitFor(broken, WaitBehavior.WaitOnResourceUnavailable);
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceAsync("broken", KnownResourceStates.FailedToStart, Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceAsync("service", KnownResourceStates.Waiting, Limits.Deadline);
    }

    [Fact]
    public async Task Nothing_waits_for_health_of_what_is_not_there()
    {
        await using var builder = TestModel.Create();
        await using var app = await builder.StartAsync();
        await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("nobody", Limits.Deadline));
    }
}

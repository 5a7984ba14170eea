using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Compat.Aspire.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task Health_is_followed_while_a_service_runs()
    {
        await using var builder = TestModel.Create();
        builder.AddEcho();
        await using var app = await builder.StartAsync();
        var healthy = await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);
        Assert.Equal("echo_http_/health/ready_200_check", Assert.Single(healthy.Snapshot.HealthReports).Name);

        using var client = app.CreateHttpClient("echo", "http");
        await client.PostAsync("/health/false", null, Limits.Deadline);
        var ill = await app.ResourceNotifications.WaitForResourceAsync("echo", e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Limits.Deadline);
        Assert.Contains("returned 503 instead of the expected 200", Assert.Single(ill.Snapshot.HealthReports).Description, StringComparison.Ordinal);

        await client.PostAsync("/health/true", null, Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);
    }

    [Fact]
    public async Task A_crash_is_seen_with_its_exit_code()
    {
        await using var builder = TestModel.Create();
        ResourceStoppedEvent? stopped = null;
        builder.AddEcho().OnResourceStopped((_, told, _) =>
        {
            stopped = told;
            return Task.CompletedTask;
        });
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);

        using var client = app.CreateHttpClient("echo", "http");
        await Record.ExceptionAsync(() => client.PostAsync("/exit/7", null, Limits.Deadline));
        await app.ResourceNotifications.WaitForResourceAsync("echo", KnownResourceStates.Finished, Limits.Deadline);
        Assert.Equal(7, app.State("echo").ExitCode);
        Assert.Null(app.State("echo").HealthStatus);
        await Eventually.TrueAsync(() => stopped?.ResourceEvent.Snapshot.ExitCode == 7);
    }

    [Fact]
    public async Task A_handler_of_its_end_may_start_a_resource_again()
    {
        await using var builder = TestModel.Create();
        var ends = 0;
        var script = builder.AddScript("script", "exit 1");
        script.OnResourceStopped((resource, told, ct) => Interlocked.Increment(ref ends) < 3
            ? told.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, ct)
            : Task.CompletedTask);
        await using var app = await builder.StartAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref ends) == 3);
    }

    [Fact]
    public async Task What_a_service_started_ends_with_it()
    {
        await using var builder = TestModel.Create();
        builder.AddEcho();
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);
        using var client = app.CreateHttpClient("echo", "http");
        var child = await (await client.PostAsync("/children", null, Limits.Deadline)).Content.ReadFromJsonAsync<int>(Limits.Deadline);
        await Record.ExceptionAsync(() => client.PostAsync("/exit/1", null, Limits.Deadline));
        await Eventually.TrueAsync(() => HasEnded(child));
    }

    private static bool HasEnded(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // Nor is there a zombie of it.
            return true;
        }
    }

    [Fact]
    public async Task Stop_start_and_restart_are_commands_and_the_address_stays()
    {
        await using var builder = TestModel.Create();
        var echo = builder.AddEcho();
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);
        var address = app.GetEndpoint("echo", "http");
        var first = app.State("echo").StartTimeStamp;

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync(echo.Resource, KnownResourceCommands.StopCommand, Limits.Deadline)).Success);
        Assert.Equal(KnownResourceStates.Finished, app.State("echo").State!.Text);

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("echo", "resource-start", Limits.Deadline)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("echo", Limits.Deadline);
        var second = app.State("echo").StartTimeStamp;
        Assert.True(first < second);

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("echo", KnownResourceCommands.RestartCommand, Limits.Deadline)).Success);
        await app.ResourceNotifications.WaitForResourceAsync("echo", e => e.Snapshot.HealthStatus == HealthStatus.Healthy && e.Snapshot.StartTimeStamp > second, Limits.Deadline);
        Assert.Equal(address, app.GetEndpoint("echo", "http"));
    }

    [Fact]
    public async Task A_command_that_is_none_is_refused()
    {
        await using var builder = TestModel.Create();
        builder.AddScript("script", "exec sleep 1000");
        await using var app = await builder.StartAsync();
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("script", "dance", Limits.Deadline)).Success);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("nobody", KnownResourceCommands.StopCommand, Limits.Deadline)).Success);
    }

    [Fact]
    public async Task A_resource_that_ignores_SIGTERM_is_ended_all_the_same()
    {
        await using var builder = TestModel.Create();
        builder.AddScript("stubborn", "trap '' TERM; echo trapped; while :; do sleep 0.1; done");
        await using var app = await builder.StartAsync();
        await app.LineAsync("stubborn", "trapped");
        await app.ResourceCommands.ExecuteCommandAsync("stubborn", KnownResourceCommands.StopCommand, Limits.Deadline);
        Assert.Equal(128 + 9, app.State("stubborn").ExitCode);
    }

    [Fact]
    public async Task Redis_keeps_its_address_and_its_password_through_a_restart()
    {
        await using var builder = TestModel.Create();
        builder.AddRedis("redis");
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Limits.Deadline);
        var before = await app.GetConnectionStringAsync("redis", Limits.Deadline);
        await app.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StopCommand, Limits.Deadline);
        Assert.Equal(KnownResourceStates.Exited, app.State("redis").State!.Text);
        await app.ResourceCommands.ExecuteCommandAsync("redis", KnownResourceCommands.StartCommand, Limits.Deadline);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", Limits.Deadline);
        Assert.Equal(before, await app.GetConnectionStringAsync("redis", Limits.Deadline));
    }
}

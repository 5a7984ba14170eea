using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Compat.Aspire.Tests;

/// <summary>AppHost/Running through the official API; the sample host holds the same files.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_service_that_exits_starts_again_but_what_was_stopped_stays_stopped()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(["--Messaging=false"], Limits.Deadline);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        await using var app = await builder.StartAsync();
        var notifications = app.ResourceNotifications;
        var first = (await notifications.WaitForResourceHealthyAsync("inner", Limits.Deadline)).Snapshot.StartTimeStamp;
        await notifications.WaitForResourceHealthyAsync("outer", Limits.Deadline);

        using var client = app.CreateHttpClient("inner", "http");
        await Record.ExceptionAsync(() => client.PostAsync("/exit/1", null, Limits.Deadline));
        await notifications.WaitForResourceAsync("inner", KnownResourceStates.Finished, Limits.Deadline);
        await app.ResourceCommands.ExecuteCommandAsync("outer", KnownResourceCommands.StopCommand, Limits.Deadline);

        await notifications.WaitForResourceAsync("inner", e => e.Snapshot.StartTimeStamp > first && e.Snapshot.HealthStatus == HealthStatus.Healthy, Limits.Deadline);
        Assert.Equal(KnownResourceStates.Finished, app.State("outer").State!.Text);
    }
}

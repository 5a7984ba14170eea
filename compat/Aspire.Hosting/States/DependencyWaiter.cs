using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.States;

/// <summary>Holds a resource back until what it waits for is there, and says in its log what that is.</summary>
internal sealed partial class DependencyWaiter(ResourceNotificationService notifications, ResourceLoggerService loggers, WaitBehavior defaultBehavior)
{
    public async Task WaitAsync(IResource resource, string id, CancellationToken ct)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToArray();
        if (waits.Length == 0)
        {
            return;
        }

        await notifications.PublishUpdateAsync(resource, id, s => s with { State = KnownResourceStates.Waiting });
        var log = loggers.GetLogger(resource);
        await Task.WhenAll(waits.SelectMany(wait => notifications.IdsOf(wait.Resource).Select(awaited => WaitAsync(resource, wait, awaited, log, ct))));
        await notifications.PublishUpdateAsync(resource, id, s => s with { State = KnownResourceStates.Starting });
    }

    private Task WaitAsync(IResource waiter, WaitAnnotation wait, string id, ILogger log, CancellationToken ct) =>
        wait.WaitType == WaitType.WaitForCompletion
            ? WaitForCompletionAsync(waiter, wait, id, log, ct)
            : WaitForRunningAsync(waiter, wait, id, log, ct);

    private async Task WaitForCompletionAsync(IResource waiter, WaitAnnotation wait, string id, ILogger log, CancellationToken ct)
    {
        var name = wait.Resource.Name;
        WaitingToComplete(log, name);
        var end = await notifications.WaitAsync(name, e => e.ResourceId == id && KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), "failed to reach a terminal state", ct);
        var (state, exitCode) = (end.Snapshot.State!.Text, end.Snapshot.ExitCode);
        if (state == KnownResourceStates.FailedToStart || (exitCode is not null && exitCode != wait.ExitCode))
        {
            CompletedWrongly(log, name, state, exitCode, wait.ExitCode);
            throw new DistributedApplicationException(
                $"Resource '{waiter.Name}' stopped waiting for dependency resource '{name}' because it entered the '{state}' state with exit code '{exitCode}', expected '{wait.ExitCode}'.");
        }

        WaitingFinished(log, name);
    }

    private async Task WaitForRunningAsync(IResource waiter, WaitAnnotation wait, string id, ILogger log, CancellationToken ct)
    {
        var name = wait.Resource.Name;
        var stops = (wait.WaitBehavior ?? defaultBehavior) == WaitBehavior.StopOnResourceUnavailable;
        WaitingForRunning(log, name);
        var start = await notifications.WaitAsync(
            name,
            e => e.ResourceId == id && (e.Snapshot.State?.Text == KnownResourceStates.Running || (stops && ResourceNotificationService.IsUnavailable(e.Snapshot))),
            "failed to reach the 'Running' state",
            ct);
        if (start.Snapshot.State?.Text != KnownResourceStates.Running)
        {
            var state = start.Snapshot.State!.Text;
            Unavailable(log, name, state);
            throw new DistributedApplicationException(
                $"Resource '{waiter.Name}' stopped waiting for dependency resource '{name}' because it entered the '{state}' state{(state == KnownResourceStates.FailedToStart ? "" : " prematurely")}.");
        }

        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            if (wait.Resource.HasAnnotationOfType<HealthCheckAnnotation>())
            {
                WaitingForHealth(log, name);
                await notifications.WaitAsync(name, e => e.ResourceId == id && e.Snapshot.HealthStatus == HealthStatus.Healthy, "failed to become healthy", ct);
            }

            var ready = await notifications.WaitAsync(name, e => e.ResourceId == id && e.Snapshot.Ready is not null, "failed to execute the resource ready event", ct);
            await ready.Snapshot.Ready!.WaitAsync(ct);
        }

        WaitingFinished(log, name);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to enter the 'Running' state.")]
    private static partial void WaitingForRunning(ILogger log, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to become healthy.")]
    private static partial void WaitingForHealth(ILogger log, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{ResourceName}' to complete.")]
    private static partial void WaitingToComplete(ILogger log, string resourceName);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished waiting for resource '{ResourceName}'.")]
    private static partial void WaitingFinished(ILogger log, string resourceName);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dependency resource '{ResourceName}' entered the '{State}' state.")]
    private static partial void Unavailable(ILogger log, string resourceName, string state);

    [LoggerMessage(Level = LogLevel.Error, Message = "Resource '{ResourceName}' has entered the '{State}' state with exit code '{ExitCode}' expected '{ExpectedExitCode}'.")]
    private static partial void CompletedWrongly(ILogger log, string resourceName, string state, int? exitCode, int expectedExitCode);
}

using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts, stops and restarts resources while the application runs.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(ResourceNotificationService notifications, Orchestrator orchestrator)
    {
        _notifications = notifications;
        _orchestrator = orchestrator;
    }

    /// <summary>Executes a command on every replica of a resource.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var results = await Task.WhenAll(_notifications.IdsOf(resource).Select(id => ExecuteAsync(id, resource, commandName, cancellationToken)));
        var failures = results.Where(r => !r.Success).ToArray();
        return failures switch
        {
            [] => results[0],
            [var only] => only,
            _ => new ExecuteCommandResult { Success = false, Message = $"{failures.Length} command executions failed. {string.Join(' ', failures.Select(f => f.Message))}" },
        };
    }

    /// <summary>Executes a command on one instance; a resource with one replica may be named by its own name.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var found)
            ? ExecuteAsync(found.ResourceId, found.Resource, commandName, cancellationToken)
            : Task.FromResult(Failed($"Resource '{resourceId}' not found."));

    private async Task<ExecuteCommandResult> ExecuteAsync(string id, IResource resource, string command, CancellationToken ct)
    {
        if (_orchestrator.Find(id) is not { } instance)
        {
            return Failed($"Command '{command}' not available for resource '{resource.Name}'.");
        }

        // The names of before 13.0 have a prefix.
        var verb = command.StartsWith("resource-", StringComparison.Ordinal) ? command["resource-".Length..] : command;
        if (verb == KnownResourceCommands.StopCommand)
        {
            await instance.StopAsync(Orchestrator.StopGrace, ct);
        }
        else if (verb == KnownResourceCommands.StartCommand)
        {
            await instance.StartAsync(ct);
        }
        else if (verb == KnownResourceCommands.RestartCommand)
        {
            await instance.StopAsync(Orchestrator.StopGrace, ct);
            await instance.StartAsync(ct);
        }
        else
        {
            return Failed($"Command '{command}' not available for resource '{resource.Name}'.");
        }

        return new ExecuteCommandResult { Success = true };
    }

    private static ExecuteCommandResult Failed(string message) => new() { Success = false, Message = message };
}

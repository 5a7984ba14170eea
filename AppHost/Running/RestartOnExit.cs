using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Museum.AppHost.Running;

/// <summary>
/// Starts again what has exited without having been told to: after 0.5, 1, 2, 4, then 5 seconds; a service that has run for 30
/// seconds begins anew. What somebody stopped stays stopped (it was seen Stopping), and what never started (FailedToStart) too.
/// </summary>
internal sealed partial class RestartOnExit(ResourceNotificationService notifications, ResourceCommandService commands, TimeProvider time, ILogger<RestartOnExit> log) : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.5, 1, 2, 4, 5 }.Select(TimeSpan.FromSeconds)];
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Life> _lives = new();

    private sealed record Life(string? State = null, bool StopWanted = false, int Exits = 0, DateTimeOffset RunningSince = default);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                Observe(change, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void Observe(ResourceEvent change, CancellationToken ct)
    {
        var before = _lives.GetValueOrDefault(change.ResourceId, new Life());
        var state = change.Snapshot.State?.Text;
        if (state == before.State)
        {
            return;
        }

        var now = before with { State = state };
        if (state == KnownResourceStates.Running)
        {
            now = now with { StopWanted = false, RunningSince = time.GetUtcNow() };
        }
        else if (state == KnownResourceStates.Stopping)
        {
            now = now with { StopWanted = true };
        }
        else if (HasExited(state) && !before.StopWanted)
        {
            now = now with { Exits = time.GetUtcNow() - before.RunningSince >= Settled ? 1 : before.Exits + 1 };
            _ = RestartAsync(change, Pauses[Math.Min(now.Exits, Pauses.Length) - 1], ct);
        }

        _lives[change.ResourceId] = now;
    }

    private async Task RestartAsync(ResourceEvent exit, TimeSpan pause, CancellationToken ct)
    {
        try
        {
            Exited(log, exit.ResourceId, exit.Snapshot.ExitCode, pause.TotalSeconds);
            await Task.Delay(pause, time, ct);

            // Meanwhile somebody may have started it.
            if (HasExited(_lives[exit.ResourceId].State))
            {
                await commands.ExecuteCommandAsync(exit.ResourceId, KnownResourceCommands.StartCommand, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            CannotRestart(log, exit.ResourceId, fault);
        }
    }

    private static bool HasExited(string? state) => state == KnownResourceStates.Exited || state == KnownResourceStates.Finished;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{ResourceId} exited with code {ExitCode}; it starts again in {Seconds} s.")]
    private static partial void Exited(ILogger log, string resourceId, int? exitCode, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{ResourceId} cannot be started again.")]
    private static partial void CannotRestart(ILogger log, string resourceId, Exception fault);
}

internal static class RestartVerbs
{
    public static void RestartWhatExits(this IDistributedApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<RestartOnExit>();
    }
}

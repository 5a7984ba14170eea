using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>What all instances share.</summary>
internal sealed record InstanceServices(
    ResourceNotificationService Notifications,
    ResourceLoggerService Loggers,
    IDistributedApplicationEventing Eventing,
    DistributedApplicationExecutionContext ExecutionContext,
    HealthMonitor Health,
    Watchdog Watchdog,
    IServiceProvider Provider,
    TimeProvider Time);

/// <summary>
/// One replica of a resource:
/// NotStarted → Starting (→ Waiting → Starting) → Running → Stopping → Exited | Finished, or → FailedToStart.
/// </summary>
internal sealed partial class ResourceInstance(IResource resource, int replica, string suffix, string folder, InstanceServices services) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly ILogger _log = services.Loggers.GetLogger(resource);
    private CancellationTokenSource _run = new();
    private Task _starting = Task.CompletedTask;
    private ChildProcess? _process;
    private Task _ended = Task.CompletedTask;

    public IResource Resource => resource;

    public string Id { get; } = $"{resource.Name}-{suffix}";

    public bool IsContainer => resource is ContainerResource;

    public Task AnnounceAsync() => PublishAsync(s => s with { State = KnownResourceStates.NotStarted, CreationTimeStamp = Now });

    /// <summary>Begins to start and returns; nothing happens if it runs or is starting already.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            // Who has seen it stopped may start it, although its last steps are still being taken.
            if (HasStopped)
            {
                await Task.WhenAll(_starting, _ended);
            }

            if (_starting.IsCompleted && _ended.IsCompleted)
            {
                _run.Dispose();
                _run = new CancellationTokenSource();
                await PublishAsync(s => s with { State = KnownResourceStates.Starting, ExitCode = null, StopTimeStamp = null, Ready = null, HealthReports = [] });
                _starting = StartCoreAsync(_run.Token);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Stops, by force when the grace has passed; returns when nothing of it runs any more.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            await _run.CancelAsync();
            await _starting;
            if (!_ended.IsCompleted)
            {
                await PublishAsync(s => s with { State = KnownResourceStates.Stopping });
                await _process!.StopAsync(grace);
                await _ended;
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _changing.Dispose();
    }

    private async Task StartCoreAsync(CancellationToken ct)
    {
        try
        {
            await services.Notifications.WaitForDependenciesAsync(resource, Id, ct);
            await services.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services.Provider), ct);
            var launch = resource.Annotations.OfType<LaunchAnnotation>().Last();
            var spec = await launch.Create(new LaunchContext(folder, ct));
            var environment = await EnvironmentAsync(ct);
            spec = spec with { Arguments = [.. spec.Arguments, .. await ArgumentsAsync(ct)] };
            ct.ThrowIfCancellationRequested();
            if (!Programs.Exists(spec.Command, spec.WorkingDirectory))
            {
                await FailAsync($"The program '{spec.Command}' is not there.{(spec.Remedy is null ? "" : $" {spec.Remedy}")}");
                return;
            }

            _process = ChildProcess.Start(spec, environment, services.Watchdog, (line, isError) => services.Loggers.Write(resource.Name, line, isError));
            _ended = RunAsync(_process, environment, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await PublishAsync(s => s with { State = Terminal, StopTimeStamp = Now });
        }
        catch (Exception fault)
        {
            await FailAsync(fault.Message);
        }
    }

    private async Task RunAsync(ChildProcess process, IReadOnlyDictionary<string, string?> environment, CancellationToken ct)
    {
        await PublishAsync(s => s with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = Now,
            HealthReports = HealthMonitor.Pending(resource),
            EnvironmentVariables = [.. environment.Select(e => new EnvironmentVariableSnapshot(e.Key, e.Value, IsFromSpec: true))],
            Urls = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(e => new UrlSnapshot(e.Name, e.HasProxy ? e.AllocatedEndpoint!.UriString : e.UriOfReplica(replica), IsInternal: false))],
            Properties = [new("executable.pid", process.Id)],
        });

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var health = services.Health.WatchAsync(resource, Id, replica, watching.Token);
        var exitCode = await process.Completion;
        await watching.CancelAsync();
        await health;

        Ended(_log, Id, exitCode);
        await PublishAsync(s => s with { State = Terminal, ExitCode = exitCode, StopTimeStamp = Now, HealthReports = [] });
        _ = TellStoppedAsync();
    }

    private async Task FailAsync(string reason)
    {
        CannotStart(_log, Id, reason);
        await PublishAsync(s => s with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), StopTimeStamp = Now });
        _ = TellStoppedAsync();
    }

    /// <summary>Not awaited: a handler may itself start or stop the instance.</summary>
    private async Task TellStoppedAsync()
    {
        try
        {
            services.Notifications.TryGetCurrentState(Id, out var last);
            await Task.Yield();
            await services.Eventing.PublishAsync(new ResourceStoppedEvent(resource, services.Provider, last!), CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The subscriber's fault; the instance has stopped all the same.
            HandlerFailed(_log, Id, fault);
        }
    }

    private async Task<IReadOnlyDictionary<string, string?>> EnvironmentAsync(CancellationToken ct)
    {
        var context = new EnvironmentCallbackContext(services.ExecutionContext, resource, cancellationToken: ct) { InstanceId = suffix };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await callback.Callback(context);
        }

        var resolved = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            resolved[name] = await ResolveAsync(value, ct);
        }

        return resolved;
    }

    private async Task<IReadOnlyList<string>> ArgumentsAsync(CancellationToken ct)
    {
        var context = new CommandLineArgsCallbackContext([], resource, ct);
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await callback.Callback(context);
        }

        var resolved = new List<string>();
        foreach (var argument in context.Args)
        {
            resolved.Add(await ResolveAsync(argument, ct) ?? "");
        }

        return resolved;
    }

    private ValueTask<string?> ResolveAsync(object value, CancellationToken ct) => value is IValueProvider provider
        ? provider.GetValueAsync(new ValueProviderContext { Caller = resource, ExecutionContext = services.ExecutionContext, Replica = replica }, ct)
        : ValueTask.FromResult(Convert.ToString(value, CultureInfo.InvariantCulture));

    private bool HasStopped => services.Notifications.TryGetCurrentState(Id, out var last) && KnownResourceStates.TerminalStates.Contains(last.Snapshot.State?.Text);

    private string Terminal => IsContainer ? KnownResourceStates.Exited : KnownResourceStates.Finished;

    private DateTime Now => services.Time.GetUtcNow().UtcDateTime;

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => services.Notifications.PublishUpdateAsync(resource, Id, change);

    [LoggerMessage(Level = LogLevel.Error, Message = "{ResourceId} cannot start: {Reason}")]
    private static partial void CannotStart(ILogger log, string resourceId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of {ResourceId}'s end failed.")]
    private static partial void HandlerFailed(ILogger log, string resourceId, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ResourceId} ended with exit code {ExitCode}.")]
    private static partial void Ended(ILogger log, string resourceId, int exitCode);
}

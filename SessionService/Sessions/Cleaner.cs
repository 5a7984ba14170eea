using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Scheduling;
using Museum.SessionService.SignIn;

namespace Museum.SessionService.Sessions;

/// <summary>Sweeps what has expired out of memory every 30 s, and at once brings Redis up to date when it comes back.</summary>
internal sealed class Cleaner : IHostedService, IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private readonly SessionStore sessions;
    private readonly LoginThrottle throttle;
    private readonly Capabilities capabilities;
    private readonly RecurringWork sweeping;

    public Cleaner(SessionStore sessions, LoginThrottle throttle, Capabilities capabilities, WorkScheduler scheduler)
    {
        (this.sessions, this.throttle, this.capabilities) = (sessions, throttle, capabilities);
        sweeping = new RecurringWork(scheduler, "session_sweep", SweepEvery, SweepAsync, WorkPriority.High);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        capabilities.Changed += OnChanged;
        sweeping.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        capabilities.Changed -= OnChanged;
        sweeping.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => sweeping.Dispose();

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        throttle.RemoveOld();
        try
        {
            await sessions.MaintainAsync(cancellationToken);
        }
        catch (DependencyException)
        {
            // Still away: the change that tells of its return starts the next sweep.
        }
    }

    private void OnChanged(string name, CapabilityReading reading)
    {
        if (name == "store")
        {
            sweeping.Start();
        }
    }
}

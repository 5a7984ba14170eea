using System.Threading.Channels;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.SessionService.SignIn;

namespace Museum.SessionService.Sessions;

/// <summary>Sweeps what has expired out of memory every 30 s, and at once brings Redis up to date when it comes back.</summary>
internal sealed class Cleaner(SessionStore sessions, LoginThrottle throttle, Capabilities capabilities, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    // One place: several changes before the next sweep need one sweep.
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        capabilities.Changed += OnChanged;
        try
        {
            while (true)
            {
                await SweepAsync(stoppingToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(changes.Reader.WaitToReadAsync(pause.Token).AsTask(), Task.Delay(SweepEvery, time, pause.Token));
                await pause.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
                changes.Reader.TryRead(out _);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            capabilities.Changed -= OnChanged;
        }
    }

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
            changes.Writer.TryWrite(true);
        }
    }
}

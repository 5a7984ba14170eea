using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Security;

/// <summary>
/// Reads the signing keys when the service starts, and asks again until they are there. Else the first visitor would wait for them behind
/// one service after the other, within one deadline.
/// </summary>
internal sealed class EarlyKeys(PublishedKeys keys, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = new ProbeSchedule(Timeout.InfiniteTimeSpan);
        try
        {
            while (!await IsThereAsync(stoppingToken))
            {
                await Task.Delay(schedule.Away(), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken ct)
    {
        try
        {
            await keys.GetConfigurationAsync(ct);
            return true;
        }
        catch (DependencyException)
        {
            // PublishedKeys has told the log.
            return false;
        }
    }
}

/// <summary>For every service that verifies tokens; not for the one that signs them.</summary>
public static class EarlyKeysRegistration
{
    public static void AddEarlyKeys(this IServiceCollection services) => services.AddHostedService<EarlyKeys>();
}

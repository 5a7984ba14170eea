using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Security;

/// <summary>
/// Reads the signing keys when the service starts, and asks again until they are there. Else the first visitor would wait for them behind
/// one service after the other, within one deadline.
/// </summary>
internal sealed class EarlyKeys(PublishedKeys keys, Pipelines pipelines, TimeProvider time) : BackgroundService
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
            // PublishedKeys has told the log. The breaker is there for who knew the service well, and not for those who were early:
            // else the first visitor would be refused for what was asked in vain before SessionService had started.
            await pipelines.BreakerOf(PublishedKeys.Pipeline).CloseAsync(ct);
            return false;
        }
    }
}

/// <summary>For every service that verifies tokens; not for the one that signs them.</summary>
public static class EarlyKeysRegistration
{
    public static void AddEarlyKeys(this IServiceCollection services) => services.AddHostedService<EarlyKeys>();
}

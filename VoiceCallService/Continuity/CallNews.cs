using System.Globalization;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// Hears what other replicas do with this one's calls: taken over, or ended through another door. News may be lost; an older holder
/// learns the same from its next write, at its next heartbeat at the latest. At the end of the service its calls are given up.
/// </summary>
internal sealed class CallNews(RedisStore redis, SessionRegistry registry, HolderIdentity holder) : BackgroundService
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(registry.All.Select(call => call.HandOverAsync()));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await redis.SubscribeAsync(CallStore.Channel, Heard, stoppingToken);
                return;
            }
            catch (DependencyException)
            {
                await Task.Delay(AgainAfter, stoppingToken);
            }
        }
    }

    private void Heard(string news)
    {
        switch (news.Split(' '))
        {
            case ["moved", var session, var epoch, var newer] when newer != holder.Id:
                if (registry.Find(session) is { } call && call.Session.Epoch < long.Parse(epoch, CultureInfo.InvariantCulture))
                {
                    _ = call.ReplaceAsync(elsewhere: true);
                }

                break;
            case ["end", var callId]:
                _ = registry.All.FirstOrDefault(c => c.Session.CallId == callId)?.StopAsync("ENDED");
                break;
        }
    }
}

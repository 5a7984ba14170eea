using System.Globalization;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Scheduling;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// Hears what other replicas do with this one's calls: taken over, or ended through another door. News may be lost; a holder learns the
/// same from its next write: when the news can be heard again, at its next heartbeat at the latest. At the end of the service its calls are given up.
/// </summary>
internal sealed class CallNews : IHostedService, IDisposable
{
    private readonly RedisStore redis;
    private readonly SessionRegistry registry;
    private readonly HolderIdentity holder;
    private readonly ProbeSchedule schedule = new(Timeout.InfiniteTimeSpan);
    private readonly RecurringWork listening;

    public CallNews(RedisStore redis, SessionRegistry registry, HolderIdentity holder, WorkScheduler scheduler)
    {
        (this.redis, this.registry, this.holder) = (redis, registry, holder);
        listening = new RecurringWork(scheduler, "hear_call_news", ListenAsync, WorkPriority.High);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        redis.Reconnected += AskStore;
        listening.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        redis.Reconnected -= AskStore;
        listening.Dispose();
        return Task.WhenAll(registry.All.Select(call => call.HandOverAsync()));
    }

    public void Dispose() => listening.Dispose();

    /// <returns>The pause before the next try; once subscribed, there is none.</returns>
    private async Task<TimeSpan> ListenAsync(CancellationToken cancellationToken)
    {
        if (!redis.IsConnected)
        {
            // Only looked at: nobody is asked.
            return ProbeSchedule.Shortest;
        }

        try
        {
            await redis.SubscribeAsync(CallStore.Channel, Heard, cancellationToken);
            AskStore();
            return schedule.Well();
        }
        catch (DependencyException)
        {
            return schedule.Away();
        }
    }

    /// <summary>What was missed is in the store all the same.</summary>
    private void AskStore()
    {
        foreach (var call in registry.All)
        {
            call.Log?.Touch();
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
                _ = registry.All.FirstOrDefault(c => c.Session.CallId == callId)?.StopAsync(OpenCall.Ended);
                break;
        }
    }
}

using Museum.AudioService.Espeak;
using Museum.AudioService.Flite;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Synthesis;

/// <summary>Tells the limit of <c>/api/audio/tts</c> how long sentences wait for an engine: those of calls as well, which are never refused here.</summary>
internal sealed class EngineLoad(
    [FromKeyedServices("tts")] AdaptiveLimiter limiter, ResourcePool<EngineThread<FliteEngine>> flite, ResourcePool<EspeakWorker> espeak) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        flite.Served += limiter.Observe;
        espeak.Served += limiter.Observe;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        flite.Served -= limiter.Observe;
        espeak.Served -= limiter.Observe;
        return Task.CompletedTask;
    }
}

using Museum.AudioService.Espeak;
using Museum.AudioService.Flite;
using Museum.AudioService.PocketSphinx;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Ahead;

/// <summary>Whether anybody is spoken to or listened to just now: work ahead waits for a moment in which nobody is.</summary>
internal sealed class EngineUse(ResourcePool<EngineThread<FliteEngine>> flite, ResourcePool<EspeakWorker> espeak, ResourcePool<SphinxEar> ears)
{
    public bool IsBusy => flite.Active + flite.Waiting + espeak.Active + espeak.Waiting + ears.Active > 0 || ThreadPool.PendingWorkItemCount > Environment.ProcessorCount;
}

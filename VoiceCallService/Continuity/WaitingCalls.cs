using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// When memory is short, half of the calls whose visitor is gone, those gone for longest, are kept in the store alone: log and state are
/// there, and whichever replica the visitor comes back to goes on. What was on its way as sound when the line broke is not said again.
/// </summary>
internal sealed class WaitingCalls(SessionRegistry registry, RedisStore redis) : IReleasesMemory
{
    // Log, sound of the last seconds, the microphone's buffers and model state.
    private const long BytesOfOne = 250 * 1024;

    public string Name => "waiting_calls";

    public int Order => ReleaseOrder.IdleSessions;

    /// <summary>Without the store the memory here is all there is of them.</summary>
    public long Release()
    {
        OpenCall[] waiting = redis.IsConnected ? [.. registry.All.Where(c => c.WaitsSince is not null).OrderBy(c => c.WaitsSince)] : [];
        var given = waiting.Take((waiting.Length + 1) / 2).ToArray();
        Array.ForEach(given, call => _ = call.HandOverAsync());
        return given.Length * BytesOfOne;
    }
}

using System.Diagnostics.Metrics;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Calls;

/// <summary>Figures of live calls.</summary>
internal sealed class CallTelemetry
{
    private readonly Counter<long> dropped;
    private readonly Counter<long> utterances;
    private readonly UpDownCounter<long> calls;

    public CallTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(TurnTelemetry.Name);
        dropped = meter.CreateCounter<long>("museum.call.frames_dropped", "{frame}", "Frames of microphones that came faster than they could be heard.");
        utterances = meter.CreateCounter<long>("museum.call.utterances", "{utterance}", "What visitors said aloud, by what became of it.");
        calls = meter.CreateUpDownCounter<long>("museum.calls.active", "{call}", "Calls with a microphone.");
    }

    public void FrameDropped() => dropped.Add(1);

    /// <param name="outcome">answered, asked_again, nothing, echo, stop, failed.</param>
    public void Utterance(string outcome) => utterances.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Began() => calls.Add(1);

    public void Ended() => calls.Add(-1);
}

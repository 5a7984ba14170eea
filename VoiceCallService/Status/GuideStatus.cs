using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Health;

namespace Museum.VoiceCallService.Status;

/// <summary>What the guide can do at the moment, in the client's words: voice, face, hearing and llm, each ok, degraded or away.</summary>
internal sealed class GuideStatus
{
    private static readonly (string Capability, string Service)[] Sources =
        [("voice", "audioservice"), ("face", "avatarservice"), ("hearing", "audioservice"), ("llm", "textservice")];

    private readonly SuiteHealth suite;
    private readonly Capabilities own;

    public GuideStatus(SuiteHealth suite, Capabilities own)
    {
        (this.suite, this.own) = (suite, own);
        suite.Changed += () => Changed?.Invoke();
        own.Changed += (_, _) => Changed?.Invoke();
    }

    public event Action? Changed;

    public bool HasVoice => ReadOne("voice", "audioservice", Events).State != "away";

    private CapabilityReading? Events => own.Snapshot().GetValueOrDefault("events");

    public StatusPayload Read()
    {
        var events = Events;
        var readings = Sources.ToDictionary(s => s.Capability, s => ReadOne(s.Capability, s.Service, events));
        return new StatusPayload
        {
            Capabilities = readings.ToDictionary(r => r.Key, r => r.Value.State),
            Reason = readings.Values.Select(r => r.Reason).FirstOrDefault(r => r is not null),
        };
    }

    private (string State, string? Reason) ReadOne(string capability, string service, CapabilityReading? events)
    {
        // Voice and face travel as events: without the broker there is neither.
        if (capability is "voice" or "face" && events is not { State: CapabilityState.Ok })
        {
            return ("away", events?.Reason);
        }

        var health = suite.Of(service);
        return health.Capabilities.GetValueOrDefault(capability) is { } found
            ? (found.State, found.Reason)
            : ("away", health.CheckedAt is null ? $"{service} does not answer." : null);
    }
}

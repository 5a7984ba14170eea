using Museum.ServiceDefaults.Configuration;

namespace Museum.VoiceCallService.Microphones;

/// <summary>What is done to a microphone's sound on the server; live for the calls that begin.</summary>
internal sealed class MicrophoneOptions
{
    public const string Section = "VoiceCall";

    [Setting("Takes steady noise out before voice activity and recognition hear it. Browsers do it too, and PocketSphinx by itself: for kiosks with a bare microphone.", Live = true)]
    public bool NoiseSuppression { get; init; }
}

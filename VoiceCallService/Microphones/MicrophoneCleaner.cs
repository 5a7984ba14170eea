using Museum.AudioService.Sound;

namespace Museum.VoiceCallService.Microphones;

/// <summary>Takes the room's steady noise out of one call's sound, when that is switched on: 16 ms windows, so what comes out is up to 8 ms behind.</summary>
internal sealed class MicrophoneCleaner(MicrophoneOptions options)
{
    private readonly NoiseSuppressor? suppressor = options.NoiseSuppression ? new NoiseSuppressor() : null;

    /// <param name="microphone">The next samples, 16 kHz mono.</param>
    /// <returns>The same when it is switched off; else those that are complete.</returns>
    public ReadOnlyMemory<short> Clean(ReadOnlyMemory<short> microphone) => suppressor is null ? microphone : suppressor.Push(microphone.Span);
}

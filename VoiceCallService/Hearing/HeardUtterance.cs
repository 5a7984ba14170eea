using Museum.Audio.V1;

namespace Museum.VoiceCallService.Hearing;

/// <summary>What was heard of an utterance in the end.</summary>
/// <param name="Text">Empty: no words.</param>
/// <param name="Confidence">0–1.</param>
/// <param name="LowConfidence">Too doubtful to be answered: ask again.</param>
/// <param name="Words">With their places in the utterance, in samples at 16 kHz.</param>
internal sealed record HeardUtterance(string Text, double Confidence, bool LowConfidence, IReadOnlyList<Word> Words)
{
    public static HeardUtterance Nothing { get; } = new("", 0, false, []);
}

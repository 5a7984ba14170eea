using Museum.AudioService.Encodings;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Turns;

/// <summary>How an answer shall sound.</summary>
/// <param name="Voice">Speaks where it knows the sentence's language; null: the language's default.</param>
/// <param name="Rate">0.5–2.</param>
/// <param name="Pitch">0.5–2 times the voice's own.</param>
/// <param name="Volume">0–2 times the house's loudness.</param>
/// <param name="Quality">Null: as the museum is set up.</param>
/// <param name="Format">What it goes out as.</param>
/// <param name="SampleRate">One of <see cref="SampleRates"/>.</param>
internal sealed record Delivery(string? Voice, double Rate, double Pitch, double Volume, SpeechQuality? Quality, AudioFormat Format, int SampleRate)
{
    public const double MaxVolume = 2;

    /// <summary>Of this sentence. Throws <see cref="ClientException"/> for what cannot be said.</summary>
    public Utterance Of(string text, string language, bool hasVoice) => Utterance.Of(text, language, hasVoice ? Voice : null, Rate, Pitch) with { Quality = Quality };

    /// <summary>Throws <see cref="ClientException"/>.</summary>
    public static double CheckVolume(double volume) => volume is >= 0 and <= MaxVolume ? volume : throw new ClientException("volume_out_of_range", $"The volume is from 0 to {MaxVolume}.");
}

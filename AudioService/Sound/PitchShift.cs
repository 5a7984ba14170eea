using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Sound;

/// <summary>
/// For engines that know a rate but no pitch: they speak slower by the factor, and are played faster by it. What stays is a voice that is
/// higher, as a smaller speaker's, and as fast as before.
/// </summary>
internal static class PitchShift
{
    private const int StepsPerUnit = 20;

    /// <summary>Of twentieths, because each pair of sample rates has a filter of its own.</summary>
    public static double Step(double pitch) => Math.Round(pitch * StepsPerUnit) / StepsPerUnit;

    public static SpeechPiece Apply(SpeechPiece piece, double step) => step == 1 ? piece : piece with { SampleRate = (int)Math.Round(piece.SampleRate * step) };
}

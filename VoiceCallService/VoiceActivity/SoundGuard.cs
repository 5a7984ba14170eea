namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>
/// A microphone's PCM16 as the model wants it: without direct current (a first-order high-pass at 13 Hz), and quiet microphones louder, by
/// 20 dB at the most and never into clipping.
/// </summary>
internal sealed class SoundGuard
{
    private const float Pole = 0.995f;
    private const float WantedPeak = 0.3f;
    private const float MostGain = 10;

    // The gain falls at once and rises over some seconds of speech.
    private const float PeakDecay = 0.99995f;

    private float lastIn;
    private float lastOut;
    private float peak = WantedPeak;
    private double energy;

    /// <summary>By how much quiet sound is made louder now, in dB.</summary>
    public double GainDb => 20 * Math.Log10(Gain);

    private float Gain => Math.Clamp(WantedPeak / Math.Max(peak, 1e-6f), 1, MostGain);

    /// <summary>
    /// The energy of what has come since this was last asked, without direct current and as loud as the microphone gave it: while the gain
    /// rises after somebody has spoken, the room only seems to grow louder.
    /// </summary>
    public double TakeEnergy()
    {
        var taken = energy;
        energy = 0;
        return taken;
    }

    /// <param name="pcm">As it comes.</param>
    /// <param name="samples">Of the same length; from -1 to 1.</param>
    public void Clean(ReadOnlySpan<short> pcm, Span<float> samples)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            var sample = pcm[i] / 32768f;
            lastOut = sample - lastIn + (Pole * lastOut);
            lastIn = sample;
            peak = Math.Max(Math.Abs(lastOut), peak * PeakDecay);
            energy += lastOut * lastOut;
            samples[i] = Math.Clamp(lastOut * Gain, -1, 1);
        }
    }
}

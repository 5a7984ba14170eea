namespace Museum.AudioService.Sound;

/// <summary>
/// How <see cref="NoiseSuppressor"/> looks at sound at 16 kHz. Each leaves other traces in speech, so that what is misheard in one may be
/// heard in another (docs/decisions/004).
/// </summary>
/// <param name="Window">Samples of a spectrum, a power of two.</param>
/// <param name="Hop">Samples from one window to the next: a half or a quarter of one.</param>
/// <param name="DecisionDirected">How much of what the last window had of speech is expected in the next, 0–1; below 1 the gain follows onsets.</param>
internal sealed record NoiseView(int Window, int Hop, float DecisionDirected)
{
    /// <summary>The best by itself: consonants stay short.</summary>
    public static readonly NoiseView Sharp = new(256, 128, 0.92f);

    /// <summary>Finer in frequency: more of the noise between a voice's harmonics goes.</summary>
    public static readonly NoiseView Fine = new(512, 128, 0.92f);

    /// <summary>As fine, and quicker at onsets.</summary>
    public static readonly NoiseView Quick = new(512, 256, 0.85f);
}

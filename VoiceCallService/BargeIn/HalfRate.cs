namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// 16 kHz → 8 kHz: what an echo is known by lies below 3.6 kHz, and half the samples are a quarter of the work. A half-band filter of 11
/// taps (windowed sinc, Hamming); its delay of 5 samples is the same for both sides of a comparison.
/// </summary>
internal struct HalfRate
{
    // h[0] is the middle; the even ones beside it are zero, as in every half-band filter.
    private const float Middle = 0.5f;
    private const float First = 0.2963f;
    private const float Third = -0.0535f;
    private const float Fifth = 0.0072f;

    private float a, b, c, d, e, f, g, h, i, j;

    /// <summary>Two samples in, one out.</summary>
    public float Next(float first, float second)
    {
        var sum = (Middle * f) + (First * (e + g)) + (Third * (c + i)) + (Fifth * (a + first));
        (a, b, c, d, e, f, g, h, i, j) = (c, d, e, f, g, h, i, j, first, second);
        return sum;
    }
}

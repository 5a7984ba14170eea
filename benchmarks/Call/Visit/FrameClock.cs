using Museum.Benchmarks.Call.Sound;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>When frames are complete: by their number alone, so that lateness never adds up.</summary>
internal static class FrameClock
{
    /// <param name="frame">From 0.</param>
    /// <returns>From the call's beginning to the frame's last sample.</returns>
    public static TimeSpan CompleteAt(long frame) => TimeSpan.FromSeconds((frame + 1) * (double)Pcm.FrameSamples / Pcm.Rate);
}

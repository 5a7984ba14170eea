namespace Museum.VoiceCallService.VoiceActivity;

/// <summary>What Silero remembers of one call, from window to window.</summary>
internal sealed class SileroState
{
    /// <summary>Two layers of 128, as the model gives them back.</summary>
    public const int Size = 2 * 128;

    /// <summary>The model hears the last 64 samples of the window before again: without them version 5 degrades, and 6 hears nothing.</summary>
    public const int ContextSamples = 64;

    public float[] Memory { get; } = new float[Size];

    public float[] Context { get; } = new float[ContextSamples];

    /// <summary>As at the beginning of a call.</summary>
    public void Clear()
    {
        Array.Clear(Memory);
        Array.Clear(Context);
    }
}

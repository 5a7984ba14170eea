namespace Whisper.net;

public struct WhisperFactoryOptions
{
    public WhisperFactoryOptions()
    {
    }

    public static WhisperFactoryOptions Default => new();

    /// <summary>Of no effect on a libwhisper that was built for the processor alone.</summary>
    public bool UseGpu { get; set; } = true;
}

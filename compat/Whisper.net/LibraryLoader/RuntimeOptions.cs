namespace Whisper.net.LibraryLoader;

public static class RuntimeOptions
{
    /// <summary>The file of libwhisper; null: what the system finds under that name. Read when the first <see cref="WhisperFactory"/> is made.</summary>
    public static string? LibraryPath { get; set; }
}

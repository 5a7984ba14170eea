namespace Whisper.net;

public class WhisperModelLoadException : Exception
{
    public WhisperModelLoadException(string message)
        : base(message)
    {
    }

    public WhisperModelLoadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

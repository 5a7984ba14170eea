namespace Whisper.net;

public class WhisperProcessingException(int errorCode) : Exception($"Failed to process audio: whisper.cpp answered {errorCode}.")
{
    public int ErrorCode { get; } = errorCode;
}

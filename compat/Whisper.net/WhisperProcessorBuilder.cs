using Whisper.net.Native;

namespace Whisper.net;

/// <summary>Settings of a <see cref="WhisperProcessor"/>; what is not set is as whisper.cpp has it.</summary>
public class WhisperProcessorBuilder
{
    private readonly nint context;
    private FullParameters parameters;
    private string? language;
    private string? prompt;
    private bool withProbabilities;

    internal WhisperProcessorBuilder(nint context)
    {
        this.context = context;
        // 0: greedy.
        parameters = WhisperLibrary.DefaultParameters(0);
        (parameters.PrintProgress, parameters.PrintRealtime, parameters.PrintTimestamps) = (0, 0, 0);
    }

    public WhisperProcessorBuilder WithThreads(int threads)
    {
        parameters.Threads = threads;
        return this;
    }

    public WhisperProcessorBuilder WithNoContext()
    {
        parameters.NoContext = 1;
        return this;
    }

    public WhisperProcessorBuilder WithTokenTimestamps()
    {
        parameters.TokenTimestamps = 1;
        return this;
    }

    /// <param name="audioContextSize">In frames of 20 ms; 0: 30 s.</param>
    public WhisperProcessorBuilder WithAudioContextSize(int audioContextSize)
    {
        parameters.AudioContext = audioContextSize;
        return this;
    }

    public WhisperProcessorBuilder WithPrompt(string prompt)
    {
        this.prompt = prompt;
        return this;
    }

    /// <param name="language">Two letters.</param>
    public WhisperProcessorBuilder WithLanguage(string language)
    {
        this.language = language;
        return this;
    }

    public WhisperProcessorBuilder WithLanguageDetection()
    {
        language = "";
        return this;
    }

    public WhisperProcessorBuilder WithTemperatureInc(float temperature)
    {
        parameters.TemperatureIncrement = temperature;
        return this;
    }

    public WhisperProcessorBuilder WithProbabilities()
    {
        withProbabilities = true;
        return this;
    }

    public WhisperProcessor Build() => new(context, parameters, language, prompt, withProbabilities);
}

using System.ComponentModel.DataAnnotations;

namespace Museum.TextService.Generation;

/// <summary>An OpenAI-compatible chat endpoint: section <c>Llm</c>. Without a base URL and a model the guide answers by extraction.</summary>
internal sealed class LlmOptions
{
    public const string Section = "Llm";

    /// <summary>For example <c>https://api.openai.com/v1</c>, or that of vLLM, Ollama, DashScope's compatible mode…</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Never in a file of the repository. Endpoints of one's own may need none.</summary>
    public string? ApiKey { get; init; }

    public string? Model { get; init; }

    /// <summary>Until the first text; then the guide answers by extraction.</summary>
    [Range(0.5, 60)]
    public double FirstTextSeconds { get; init; } = 8;

    /// <summary>For a whole answer.</summary>
    [Range(1, 300)]
    public double TimeoutSeconds { get; init; } = 60;

    [Range(16, 8192)]
    public int MaxTokens { get; init; } = 1024;

    [Range(0, 2)]
    public float Temperature { get; init; } = 0.3f;

    /// <summary>How long a client may take to carry out a function.</summary>
    [Range(1, 60)]
    public double FunctionSeconds { get; init; } = 10;

    public bool IsConfigured => BaseUrl is not null && !string.IsNullOrWhiteSpace(Model);
}

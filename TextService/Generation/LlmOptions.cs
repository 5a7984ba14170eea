using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Generation;

/// <summary>An OpenAI-compatible chat endpoint: section <c>Llm</c>. Without a base URL and a model the guide answers by extraction.</summary>
internal sealed class LlmOptions
{
    public const string Section = "Llm";

    [Setting("Of any OpenAI-compatible endpoint, with /v1; without it and a model the guide answers by extraction. The key is sent there.", Live = true, AdminOnly = true)]
    public Uri? BaseUrl { get; init; }

    [Setting("The key, if the endpoint wants one.", Live = true, Secret = true)]
    public string? ApiKey { get; init; }

    [Setting("The model's name at the endpoint.", Live = true)]
    public string? Model { get; init; }

    [Setting("Until the first text; then the guide answers by extraction.", Live = true)]
    [Range(0.5, 60)]
    public double FirstTextSeconds { get; init; } = 8;

    [Setting("For a whole answer.", Live = true)]
    [Range(1, 300)]
    public double TimeoutSeconds { get; init; } = 60;

    [Setting("Between two pieces of an answer; one that stalls is completed by extraction.", Live = true)]
    [Range(0.1, 60)]
    public double StallSeconds { get; init; } = 4;

    [Setting("The longest answer, in tokens.", Live = true)]
    [Range(16, 8192)]
    public int MaxTokens { get; init; } = 1024;

    [Setting("How freely the model words its answer.", Live = true)]
    [Range(0, 2)]
    public float Temperature { get; init; } = 0.3f;

    [Setting("How long a client may take to carry out a function.", Live = true)]
    [Range(1, 60)]
    public double FunctionSeconds { get; init; } = 10;

    public bool IsConfigured => BaseUrl is not null && !string.IsNullOrWhiteSpace(Model);
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Generation;

/// <summary>One OpenAI-compatible chat endpoint and how it is asked.</summary>
internal class LlmEndpoint
{
    [Setting("Of any OpenAI-compatible endpoint, with /v1; without it and a model it is not asked. The key is sent there.", Live = true, AdminOnly = true)]
    public Uri? BaseUrl { get; init; }

    [Setting("The key, if the endpoint wants one.", Live = true, Secret = true)]
    public string? ApiKey { get; init; }

    [Setting("The model's name at the endpoint.", Live = true)]
    public string? Model { get; init; }

    [Setting("Sent with every request, for example api-key (Azure).", Live = true, Secret = true)]
    public Dictionary<string, string> Headers { get; init; } = [];

    [Setting("Until the first text; then the next endpoint is asked, and last the guide answers by extraction.", Live = true)]
    [Range(0.5, 60)]
    public double FirstTextSeconds { get; init; } = 8;

    [Setting("Between two pieces of an answer; one that stalls is completed by extraction.", Live = true)]
    [Range(0.1, 60)]
    public double StallSeconds { get; init; } = 4;

    [Setting("For a whole answer; never longer than what the question has left of its 30 s.", Live = true)]
    [Range(1, 300)]
    public double TimeoutSeconds { get; init; } = 60;

    [Setting("The longest answer, in tokens.", Live = true)]
    [Range(16, 8192)]
    public int MaxTokens { get; init; } = 1024;

    [Setting("What the model takes in at most, in tokens, its answer included; the oldest of the conversation is left out first.", Live = true)]
    [Range(1024, 2_000_000)]
    public int ContextTokens { get; init; } = 8192;

    [Setting("How freely the model words its answer.", Live = true)]
    [Range(0, 2)]
    public float Temperature { get; init; } = 0.3f;

    [Setting("Functions are offered to the model; not every server takes them.", Live = true)]
    public bool Tools { get; init; } = true;

    [Setting("How the longest answer is called: max_completion_tokens at OpenAI and Azure, max_tokens elsewhere; Auto goes by the address.", Live = true)]
    public TokenLimitName TokenLimit { get; init; } = TokenLimitName.Auto;

    /// <summary>The longest answer that leaves as much of the window to what is asked.</summary>
    public int AnswerTokens => Math.Min(MaxTokens, ContextTokens / 2);

    public bool CanBeAsked => BaseUrl is not null && !string.IsNullOrWhiteSpace(Model);

    /// <summary>What an answer depends on.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{BaseUrl} {Model} {MaxTokens} {ContextTokens} {Temperature} {Tools}");
}

internal enum TokenLimitName
{
    Auto,
    MaxTokens,
    MaxCompletionTokens,
}

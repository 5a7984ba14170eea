using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.TextService.Retrieval;

/// <summary>An OpenAI-compatible embeddings endpoint: section <c>Embeddings</c>. Without a base URL and a model retrieval works by words alone.</summary>
internal sealed class EmbeddingOptions
{
    public const string Section = "Embeddings";

    [Setting("Of any OpenAI-compatible endpoint, with /v1; without it and a model retrieval works by words alone. The key is sent there, and every passage of the content, and every question.", AdminOnly = true)]
    public Uri? BaseUrl { get; init; }

    [Setting("The key, if the endpoint wants one.", Secret = true)]
    public string? ApiKey { get; init; }

    [Setting("The model's name at the endpoint; one that knows English and Chinese also finds across them.")]
    public string? Model { get; init; }

    [Setting("For the vector of a question; after that the words alone decide.")]
    [Range(0.02, 10)]
    public double QuestionSeconds { get; init; } = 0.4;

    [Setting("Passages that are sent in one request.")]
    [Range(1, 2048)]
    public int Batch { get; init; } = 64;

    public bool IsConfigured => BaseUrl is not null && !string.IsNullOrWhiteSpace(Model);
}

using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Srs;

/// <summary>An artifact as any SRS gives it, read forgivingly.</summary>
internal sealed record FoundArtifact
{
    public JsonElement Id { get; init; }
    public string? Title { get; init; }
    public string? Content { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
    public double? Similarity { get; init; }
    public bool? IsActive { get; init; }
}

/// <summary>Asks an external SRS. Time-outs, retries and the breaker are of its pipeline.</summary>
internal sealed class SrsClient(IHttpClientFactory clients, IOptionsMonitor<SrsOptions> options)
{
    public const string Pipeline = "srs";

    /// <exception cref="DependencyException"><c>srs_unreadable</c>: what came is no answer of an SRS.</exception>
    public async Task<IReadOnlyList<FoundArtifact>> RetrieveAsync(string query, CancellationToken ct)
    {
        const int LongestQuery = 1_000;
        var wanted = options.CurrentValue;
        var body = new { Query = query[..Math.Min(query.Length, LongestQuery)], wanted.TopK, wanted.Threshold };
        using var client = Client(wanted);
        using var response = await client.PostAsJsonAsync("search/retrieve", body, ProtocolJson.Options, ct);
        response.EnsureSuccessStatusCode();
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
            var data = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var wrapped) ? wrapped : answer;
            var found = data.GetProperty("artifacts").Deserialize<List<FoundArtifact>>(ProtocolJson.Options)!;
            return [.. found.Where(a => a.IsActive != false && (a.Similarity ?? 1) >= wanted.Threshold && !string.IsNullOrWhiteSpace(a.Title) && !string.IsNullOrWhiteSpace(a.Content)).Take(wanted.TopK)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new DependencyException("srs_unreadable", "What the SRS answered is no search result.", e);
        }
    }

    /// <summary>Null: it is well.</summary>
    public async ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        using var client = Client(options.CurrentValue);
        using var response = await client.GetAsync("health", ct);
        return response.IsSuccessStatusCode ? null : $"The SRS answers {(int)response.StatusCode}: check Srs:BaseUrl and Srs:ApiKey.";
    }

    private HttpClient Client(SrsOptions wanted)
    {
        var client = clients.CreateClient(Pipeline);
        client.BaseAddress = new Uri(wanted.BaseUrl!.AbsoluteUri.TrimEnd('/') + "/");
        if (!string.IsNullOrEmpty(wanted.ApiKey))
        {
            client.DefaultRequestHeaders.Add("X-API-Key", wanted.ApiKey);
        }

        return client;
    }
}

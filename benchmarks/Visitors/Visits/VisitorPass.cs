using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Museum.Benchmarks.Visitors.Visits;

/// <summary>What lets a visitor in: a token for one session.</summary>
public sealed record VisitorPass(string Token, string Session)
{
    public static async Task<VisitorPass> TakeAsync(HttpClient http, string language, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/api/auth/visitor", new { language }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var visitor = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        return new VisitorPass((string)visitor["access_token"]!, (string)visitor["session_id"]!);
    }
}

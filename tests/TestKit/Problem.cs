using System.Net;
using System.Text.Json.Nodes;

namespace Museum.TestKit;

/// <summary>What every refusal over HTTP must look like: problem details with category, code, retryable and trace id.</summary>
public static class Problem
{
    /// <returns>The problem, for what else it should say.</returns>
    public static async Task<JsonObject> AssertAsync(HttpResponseMessage response, HttpStatusCode status, string code, string? category = null)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(code, problem["code"]?.GetValue<string>());
        Assert.Equal(category ?? problem["category"]?.GetValue<string>() ?? "none", problem["category"]?.GetValue<string>());
        Assert.NotNull(problem["retryable"]);
        Assert.Matches("^[0-9a-f]{32}$", problem["trace_id"]?.GetValue<string>());
        return problem;
    }
}

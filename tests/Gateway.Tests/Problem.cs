using System.Net;
using System.Text.Json.Nodes;

namespace Museum.Gateway.Tests;

/// <summary>What every refusal must look like.</summary>
internal static class Problem
{
    public static async Task<JsonObject> AssertAsync(HttpResponseMessage response, HttpStatusCode status, string category, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(category, problem["category"]?.GetValue<string>());
        Assert.Equal(code, problem["code"]?.GetValue<string>());
        Assert.NotNull(problem["retryable"]);
        Assert.Matches("^[0-9a-f]{32}$", problem["trace_id"]?.GetValue<string>());
        return problem;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Museum.SessionService.Tests;

internal static class Problem
{
    public static async Task<JsonObject> AssertAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(code, problem["code"]?.GetValue<string>());
        Assert.Equal(["category", "code", "retryable", "trace_id"], new[] { "category", "code", "retryable", "trace_id" }.Where(problem.ContainsKey));
        return problem;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Museum.VoiceCallService.Quality;
using Museum.VoiceCallService.Tests.Continuity;

namespace Museum.VoiceCallService.Tests.Quality;

/// <summary>With a store: without one nobody but visitors is let in.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class VoiceQualityApiTests(TwoReplicas replicas)
{
    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("visitor", HttpStatusCode.Forbidden)]
    [InlineData("curator", HttpStatusCode.Forbidden)]
    public async Task The_report_is_for_operators(string? role, HttpStatusCode expected)
    {
        using var answer = await GetAsync(role);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task An_operator_reads_how_well_visitors_were_heard_on_whichever_replica()
    {
        await replicas.Second.Services.GetRequiredService<HouseQuality>().RecordAsync(new SessionQuality(0, 20, 0, TimeSpan.FromMilliseconds(600)));
        using var answer = await GetAsync("operator");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.InRange((int)report["total_sessions"]!, 1, 1_000);
        Assert.NotNull(report["avg_clarity"]);
        Assert.NotNull(report["avg_latency"]);
        Assert.NotNull(report["quality_trend"]);
    }

    private async Task<HttpResponseMessage> GetAsync(string? role)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{replicas.First.HttpAddress}/api/admin/voice-quality");
        request.Headers.Authorization = role is null ? null : new AuthenticationHeaderValue("Bearer", replicas.Host.Tokens.Token(role: role));
        return await client.SendAsync(request);
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary><c>/api/voice</c>, as the visitor of a session calls it: a call begins at the first replica and is ended through the second.</summary>
internal sealed class VoiceDoor(TwoReplicas replicas, string session)
{
    public string Session => session;

    public string Token => replicas.Host.Tokens.Token(session);

    public static Uri Socket(CallReplica replica, JsonObject call) => new(replica.Address("/ws/voice/call") + "?ticket=" + call["ticket"]);

    public async Task<JsonObject> StartAsync()
    {
        using var response = await PostAsync("/api/voice/start", new { });
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public Task<HttpResponseMessage> EndAsync(JsonObject call, string? token = null) =>
        PostAsync("/api/voice/end", new { call_id = (string)call["call_id"]! }, token, replicas.Second);

    public async Task<HttpResponseMessage> PostAsync(string path, object body, string? token = null, CallReplica? at = null)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token) } };
        return await http.PostAsJsonAsync(new Uri((at ?? replicas.First).HttpAddress + path), body).SoonAsync();
    }
}

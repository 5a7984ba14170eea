using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class TicketTests(TwoReplicas replicas)
{
    private readonly string session = TokenIssuer.NewSession();

    [Fact]
    public async Task A_ticket_opens_a_socket_of_any_replica_once_and_no_log_has_it()
    {
        var call = await StartAsync();
        Assert.InRange((int)call["expires_in"]!, 5, 600);
        Assert.StartsWith("ws://", (string)call["ws_url"]!, StringComparison.Ordinal);
        Assert.EndsWith("/ws/voice/call?ticket=" + call["ticket"], (string)call["ws_url"]!, StringComparison.Ordinal);

        await using (var visitor = await ProtocolClient.RegisterAsync(Socket(replicas.Second, call), null, "en"))
        {
            Assert.Equal(session, visitor.SessionId);
            Assert.NotEmpty((await visitor.ReceiveAnswerAsync(await visitor.AskAsync("Who painted it?"))).Text);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(Socket(replicas.Second, call)));
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(new Uri(replicas.First.Address("/ws/voice/call") + "?ticket=guessed")));
        Assert.DoesNotContain(replicas.Host.Logs.Lines, l => l.Contains((string)call["ticket"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_there_is_no_ticket()
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(replicas.First.HttpAddress + "/api/voice/start"), null).SoonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_call_is_ended_through_any_replica_as_often_as_one_likes_by_its_own_visitor_or_an_operator()
    {
        var call = await StartAsync();
        await using var visitor = new ResumingVisitor(replicas.Host.Tokens.Token(session));
        await using var opened = await ProtocolClient.RegisterAsync(Socket(replicas.First, call), null, "en");

        Assert.Equal(HttpStatusCode.Forbidden, (await EndAsync(call, replicas.Host.Tokens.Token())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/voice/end", new { }, replicas.Host.Tokens.Token(session))).StatusCode);
        for (var i = 0; i < 2; i++)
        {
            using var ended = await EndAsync(call, replicas.Host.Tokens.Token(session));
            Assert.Equal((HttpStatusCode.OK, "ENDED"), (ended.StatusCode, (string?)(await ended.Content.ReadFromJsonAsync<JsonObject>())!["status"]));
        }

        Assert.Equal("ENDED", (string?)(await opened.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await opened.ReceiveCloseAsync());

        var another = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await EndAsync(another, replicas.Host.Tokens.Token(role: Roles.Operator))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(Socket(replicas.First, another)));
    }

    private async Task<JsonObject> StartAsync()
    {
        using var response = await PostAsync("/api/voice/start", new { }, replicas.Host.Tokens.Token(session));
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>By the replica that has not got it.</summary>
    private Task<HttpResponseMessage> EndAsync(JsonObject call, string token) => PostAsync("/api/voice/end", new { call_id = (string)call["call_id"]! }, token, replicas.Second);

    private async Task<HttpResponseMessage> PostAsync(string path, object body, string token, CallReplica? at = null)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return await http.PostAsJsonAsync(new Uri((at ?? replicas.First).HttpAddress + path), body).SoonAsync();
    }

    private static Uri Socket(CallReplica replica, JsonObject call) => new(replica.Address("/ws/voice/call") + "?ticket=" + call["ticket"]);

    private static async Task<HttpStatusCode> RefusedAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        return socket.HttpStatusCode;
    }
}

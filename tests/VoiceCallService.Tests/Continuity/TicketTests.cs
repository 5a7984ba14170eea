using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class TicketTests(TwoReplicas replicas)
{
    private readonly VoiceDoor door = new(replicas, TokenIssuer.NewSession());

    [Fact]
    public async Task A_ticket_opens_a_socket_of_any_replica_once_and_no_log_has_it()
    {
        var call = await door.StartAsync();
        Assert.InRange((int)call["expires_in"]!, 5, 600);
        Assert.StartsWith("ws://", (string)call["ws_url"]!, StringComparison.Ordinal);
        Assert.EndsWith("/ws/voice/call?ticket=" + call["ticket"], (string)call["ws_url"]!, StringComparison.Ordinal);

        await using (var visitor = await ProtocolClient.RegisterAsync(VoiceDoor.Socket(replicas.Second, call), null, "en"))
        {
            Assert.Equal(door.Session, visitor.SessionId);
            Assert.NotEmpty((await visitor.ReceiveAnswerAsync(await visitor.AskAsync("Who painted it?"))).Text);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(VoiceDoor.Socket(replicas.Second, call)));
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
        var call = await door.StartAsync();
        await using var opened = await ProtocolClient.RegisterAsync(VoiceDoor.Socket(replicas.First, call), null, "en");

        Assert.Equal(HttpStatusCode.Forbidden, (await door.EndAsync(call, replicas.Host.Tokens.Token())).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await door.PostAsync("/api/voice/end", new { })).StatusCode);
        for (var i = 0; i < 2; i++)
        {
            using var ended = await door.EndAsync(call);
            Assert.Equal((HttpStatusCode.OK, "ENDED"), (ended.StatusCode, (string?)(await ended.Content.ReadFromJsonAsync<JsonObject>())!["status"]));
        }

        Assert.Equal("ENDED", (string?)(await opened.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await opened.ReceiveCloseAsync());

        var another = await door.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await door.EndAsync(another, replicas.Host.Tokens.Token(role: Roles.Operator))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(VoiceDoor.Socket(replicas.First, another)));
    }

    private static async Task<HttpStatusCode> RefusedAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        return socket.HttpStatusCode;
    }
}

using System.Net;
using System.Net.WebSockets;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class OpeningTests(CallHost host)
{
    [Fact]
    public async Task A_token_in_REGISTER_is_as_good_as_one_at_the_handshake()
    {
        var session = TokenIssuer.NewSession();
        await using var client = await ProtocolClient.ConnectAsync(host.Address("/ws/agent/stream"), null);
        await client.SendAsync("REGISTER", Register(new { type = "TOKEN", token = host.Tokens.Token(session) }));
        var ack = await client.ReceiveAsync("REGISTER_ACK");
        Assert.Equal(session, (string?)ack.Payload["session_id"]);
        Assert.Equal(3600, (int)ack.Payload["session_timeout_seconds"]!);
    }

    [Fact]
    public async Task Without_any_token_REGISTER_is_refused_and_the_socket_closed()
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(), null);
        await client.SendAsync("REGISTER", Register(null));
        await RefusedAsync(client, "AUTH_FAILED", WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_forged_token_in_REGISTER_is_refused()
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(), null);
        var forged = host.Tokens.Token()[..^6] + "AAAAAA";
        await client.SendAsync("REGISTER", Register(new { type = "TOKEN", token = forged }));
        await RefusedAsync(client, "AUTH_FAILED", WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_forged_token_at_the_handshake_opens_no_socket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new Uri(host.Address() + "?access_token=" + host.Tokens.Token()[..^6] + "AAAAAA");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_token_of_a_deleted_session_is_refused_and_its_open_socket_ends()
    {
        var session = TokenIssuer.NewSession();
        var token = host.Tokens.Token(session);
        await using var open = await host.RegisterAsync(token: token);
        // There is no store in this host: the replica that ends the session knows by itself.
        await Assert.ThrowsAnyAsync<Exception>(() => host.Services.GetRequiredService<RevokedSessions>().RevokeAsync(session, CancellationToken.None));
        var error = await open.ReceiveAsync("ERROR");
        Assert.Equal("SESSION_INVALID", (string?)error.Payload["error_code"]);

        await using var late = await ProtocolClient.ConnectAsync(host.Address(), null);
        await late.SendAsync("REGISTER", Register(new { type = "TOKEN", token }));
        await RefusedAsync(late, "AUTH_FAILED", WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task The_newest_socket_of_a_session_wins()
    {
        var token = host.Tokens.Token();
        await using var older = await host.RegisterAsync(token: token);
        await using var newer = await host.RegisterAsync(token: token);
        var shutdown = await older.ReceiveAsync("SHUTDOWN");
        Assert.Equal("REPLACED", (string?)shutdown.Payload["reason"]);
        Assert.Equal(4001, (int?)await older.ReceiveCloseAsync());
        var answer = await newer.ReceiveAnswerAsync(await newer.AskAsync("Who painted it?"));
        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task A_format_that_is_not_spoken_here_is_refused()
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(), host.Tokens.Token());
        await client.SendAsync("REGISTER", new { platform = "WEB", audio = new { output = new { format = "mp3", sample_rate = 16000 } } });
        await RefusedAsync(client, "UNSUPPORTED_FORMAT", WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task STATUS_follows_the_welcome_for_those_who_asked()
    {
        await using var client = await host.RegisterAsync();
        // And again with every change: on a busy machine a peer may not have answered just before.
        await client.ReceiveAsync("STATUS", p =>
            ((string?)p["capabilities"]!["voice"], (string?)p["capabilities"]!["face"], (string?)p["capabilities"]!["hearing"]) == ("ok", "ok", "away"));
    }

    private static object Register(object? auth) => new { auth, platform = "WEB", require_tts = false, function_calling = Array.Empty<object>() };

    private static async Task RefusedAsync(ProtocolClient client, string code, WebSocketCloseStatus status)
    {
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal(code, (string?)error.Payload["error_code"]);
        Assert.Equal(status, await client.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData("en", "Hello, I am the guide of this museum.")]
    [InlineData("zh", "您好，我是这里的讲解员。")]
    public async Task A_client_that_asks_for_it_is_greeted_in_its_language(string language, string greeting)
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(), host.Tokens.Token());
        await client.SendAsync("REGISTER", new { platform = "WEB", require_tts = true, language, greeting = true, features = new[] { "speech_events", "binary_audio" } });
        var started = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        Assert.StartsWith(greeting, answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Samples(0));
    }
}

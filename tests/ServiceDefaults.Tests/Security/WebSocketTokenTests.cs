using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Security;

/// <summary>A browser can give a WebSocket no header (protocol.md, Opening).</summary>
public sealed class WebSocketTokenTests : IAsyncLifetime
{
    private readonly TokenIssuer issuer = new();
    private DefaultsHost host = null!;

    public async Task InitializeAsync()
    {
        await issuer.InitializeAsync();
        host = await DefaultsHost.StartAsync(issuer, map: app =>
        {
            app.UseWebSockets();
            app.MapGet("/ws", async (HttpContext context, ClaimsPrincipal user) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await socket.SendAsync(Encoding.UTF8.GetBytes(user.SessionId()!), WebSocketMessageType.Text, true, context.RequestAborted);
            });
        });
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_token_may_come_in_the_query() =>
        Assert.Equal("sess_1", await SessionAsync("?access_token=" + issuer.Token("sess_1")));

    [Fact]
    public async Task The_token_may_come_as_a_subprotocol() =>
        Assert.Equal("sess_1", await SessionAsync("", "museum", "bearer." + issuer.Token("sess_1")));

    [Theory]
    [InlineData("")]
    [InlineData("?access_token=abc")]
    public async Task A_socket_without_a_good_token_is_refused(string query) =>
        await Assert.ThrowsAsync<WebSocketException>(() => SessionAsync(query, "museum"));

    [Fact]
    public async Task A_plain_request_brings_its_token_in_the_header_only() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await host.StatusAsync("/ws?access_token=" + issuer.Token(), null));

    private async Task<string> SessionAsync(string query, params string[] subprotocols)
    {
        using var socket = new ClientWebSocket();
        foreach (var subprotocol in subprotocols)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        await socket.ConnectAsync(new Uri($"ws://{host.Http.Authority}/ws{query}"), CancellationToken.None).SoonAsync();
        var buffer = new byte[100];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None).SoonAsync();
        return Encoding.UTF8.GetString(buffer, 0, message.Count);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Museum.TestKit;

namespace Museum.Gateway.Tests;

public sealed class SocketTests
{
    [Theory]
    [InlineData("/ws/text/stream")]
    [InlineData("/ws/voice/call")]
    [InlineData("/ws/agent/stream")]
    public async Task Frames_pass_both_ways_and_the_close_code_with_them(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice")]);
        using var socket = await gateway.ConnectAsync(path);
        await ReadAsync(socket);

        var sound = new byte[60_000];
        Random.Shared.NextBytes(sound);
        await socket.SendAsync(sound, WebSocketMessageType.Binary, true, CancellationToken.None);
        Assert.Equal(sound, await ReadAsync(socket));
        await socket.SendAsync("问"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal("问"u8.ToArray(), await ReadAsync(socket));

        await socket.CloseAsync((WebSocketCloseStatus)4001, "replaced", CancellationToken.None).SoonAsync();
        Assert.Equal((4001, "replaced"), ((int)socket.CloseStatus!, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task A_token_in_the_url_arrives_as_a_header_and_the_rest_of_the_query_stays()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice")]);
        var token = gateway.Issuer.Token();

        using var socket = await gateway.ConnectAsync($"/ws/text/stream?a=%20b&access_token={token}&c=d");

        Assert.Equal($"?a=%20b&c=d|Bearer {token}", Encoding.UTF8.GetString(await ReadAsync(socket)));
    }

    [Fact]
    public async Task A_ticket_in_the_url_arrives_as_a_header_too()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice")]);
        using var socket = await gateway.ConnectAsync("/ws/voice/call?a=1&ticket=one-time-secret");
        Assert.Equal("?a=1|one-time-secret", Encoding.UTF8.GetString(await ReadAsync(socket)));
    }

    [Fact]
    public async Task A_token_as_subprotocol_arrives_as_a_header_and_the_protocol_is_agreed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice")]);
        var token = gateway.Issuer.Token();

        using var socket = await gateway.ConnectAsync("/ws/text/stream", options =>
        {
            options.AddSubProtocol("museum");
            options.AddSubProtocol("bearer." + token);
        });

        Assert.Equal("museum", socket.SubProtocol);
        Assert.Equal($"|Bearer {token}", Encoding.UTF8.GetString(await ReadAsync(socket)));
    }

    [Fact]
    public async Task A_bad_token_is_refused_before_the_socket_opens()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([new("voicecallservice")]);
        var expired = gateway.Issuer.Token(change: d => (d.IssuedAt, d.NotBefore, d.Expires) =
            (DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(-1)));

        var inUrl = await Assert.ThrowsAsync<HttpRequestException>(() => gateway.ConnectAsync("/ws/text/stream?access_token=" + expired));
        var inHeader = await Assert.ThrowsAsync<HttpRequestException>(() => gateway.ConnectAsync(
            "/ws/text/stream", options => options.SetRequestHeader("Authorization", "Bearer nonsense")));

        Assert.Equal(HttpStatusCode.Unauthorized, inUrl.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, inHeader.StatusCode);
    }

    [Fact]
    public async Task A_token_in_a_url_is_in_no_log_and_in_no_trace()
    {
        using var logs = new CapturedLogs();
        var traced = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traced)
                {
                    traced.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var gateway = await GatewayUnderTest.StartAsync(
            [new("voicecallservice"), new("textservice")],
            new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace", ["Logging:LogLevel:Yarp"] = "Trace" },
            builder => builder.Logging.ClearProviders().AddProvider(logs).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Trace));
        var token = gateway.Issuer.Token();

        using (var socket = await gateway.ConnectAsync("/ws/text/stream?ticket=one-time-secret&access_token=" + token))
        {
            await ReadAsync(socket);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).SoonAsync();
        }

        await gateway.Client.GetAsync("/api/text/x?access_token=" + token);
        await Eventually.TrueAsync(() => logs.Lines.Any(l => l.Contains("Request finished", StringComparison.Ordinal) && l.Contains("/ws/text/stream", StringComparison.Ordinal)));

        var signature = token.Split('.')[2];
        Assert.Contains(logs.Lines, l => l.Contains("Proxying to", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, l => l.Contains(signature, StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, l => l.Contains("one-time-secret", StringComparison.Ordinal));
        lock (traced)
        {
            // The test's own client has a span too, and that one knows the address it was given.
            Assert.Contains(traced, t => t.Contains("server.address", StringComparison.Ordinal) || t.Contains("http.", StringComparison.Ordinal));
            Assert.DoesNotContain(traced, t => t.Contains(signature, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task With_the_service_away_the_handshake_is_refused_with_503()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["Services:voicecallservice:http:0"] = "http://127.0.0.1:9" });

        await Eventually.TrueAsync(async () =>
            (await Assert.ThrowsAsync<HttpRequestException>(() => gateway.ConnectAsync("/ws/text/stream"))).StatusCode == HttpStatusCode.ServiceUnavailable);
    }

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().SoonAsync();
            length += received.Count;
            if (received.EndOfMessage)
            {
                return buffer[..length];
            }
        }
    }
}

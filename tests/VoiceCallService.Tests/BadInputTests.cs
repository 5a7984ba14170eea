using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class BadInputTests(CallHost host)
{
    [Theory]
    [InlineData("{", "MALFORMED_PAYLOAD")]
    [InlineData("[]", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":7}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"SING","payload":{}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REGISTER","payload":{}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":{"request_id":5,"data_type":"TEXT"}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":{"data_type":"TEXT","content":{"text":"hi"}}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":{"request_id":"a","data_type":"TEXT","content":{"text":"  "}}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":{"request_id":"a","data_type":"SMELL","content":{"text":"x"}}}""", "MALFORMED_PAYLOAD")]
    [InlineData("""{"version":"1.0","msg_type":"REQUEST","payload":{"request_id":"a","data_type":"VOICE","content":{"voice_mode":"BINARY","audio_format":"opus"}}}""", "UNSUPPORTED_FORMAT")]
    [InlineData("""{"version":"1.0","msg_type":"PLAYBACK","payload":{"turn_id":"one"}}""", "MALFORMED_PAYLOAD")]
    public async Task A_wrong_message_gets_a_clear_error_and_the_conversation_goes_on(string message, string code)
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.SendTextAsync(message);
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal(code, (string?)error.Payload["error_code"]);
        Assert.False((bool)error.Payload["retryable"]!);
        Assert.NotEmpty((string)error.Payload["error_msg"]!);
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task A_question_of_ten_thousand_characters_is_taken_and_one_more_refused()
    {
        await using var client = await host.RegisterAsync(voice: false);
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync(new string('a', 10_000)));
        Assert.NotEmpty(answer.Text);
        await client.AskAsync(new string('a', 10_001));
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal("PAYLOAD_TOO_LARGE", (string?)error.Payload["error_code"]);
    }

    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(1024 * 1024)]
    public async Task A_binary_frame_that_is_too_large_is_refused_and_the_conversation_goes_on(int size)
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.SendBinaryAsync(new byte[size]);
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal("PAYLOAD_TOO_LARGE", (string?)error.Payload["error_code"]);
        Assert.NotEmpty((await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"))).Text);
    }

    [Fact]
    public async Task A_text_frame_over_the_limit_is_refused_and_the_conversation_goes_on()
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.SendAsync("REQUEST", new { request_id = "big", data_type = "TEXT", content = new { text = new string('a', 300 * 1024) } });
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal("PAYLOAD_TOO_LARGE", (string?)error.Payload["error_code"]);
        Assert.NotEmpty((await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"))).Text);
    }

    [Fact]
    public async Task A_plain_request_to_a_socket_path_is_told_so()
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(host.HttpAddress + "/ws/text/stream")).SoonAsync();
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("websocket_required", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_session_can_be_asked_for()
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.SendAsync("HEALTH_CHECK", new { check_fields = new[] { "cpu_usage" } });
        Assert.True((int)(await client.ReceiveAsync("HEALTH_CHECK_ACK")).Payload["health_status"]!["conn_count"]! >= 1);
        await client.SendAsync("SESSION_QUERY", new { query_fields = new[] { "language", "enable_srs" } });
        var data = (await client.ReceiveAsync("SESSION_INFO")).Payload["session_data"]!.AsObject();
        Assert.Equal(["enable_srs", "language"], data.Select(f => f.Key).Order());
        await client.SendAsync("PING", new { });
        await client.ReceiveAsync("PONG");
    }
}

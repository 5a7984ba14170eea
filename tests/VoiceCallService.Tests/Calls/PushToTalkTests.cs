using System.Runtime.InteropServices;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

[Collection(CallCollection.Name)]
public sealed class PushToTalkTests(CallHost host) : IDisposable
{
    private const string Features = ProtocolClient.EveryFeature + ",transcripts";

    public void Dispose() => host.Ear.Say(new Hears("", ""));

    [Fact]
    public async Task A_question_spoken_between_two_requests_is_answered_under_its_request_id()
    {
        host.Ear.Say(new Hears("who painted", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features);
        await RequestAsync(client, "r1", 0);
        foreach (var frame in Speech().Chunk(1_280))
        {
            await client.SendBinaryAsync(frame);
        }

        await RequestAsync(client, "r1", -1);
        var answer = await client.ReceiveAnswerAsync("r1");
        Assert.Contains("Vincent van Gogh painted it.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(Speech(), host.Ear.SentIn(client.SessionId).Single());
        Assert.Equal("who painted the starry night", host.Guide.Asked.Last(a => a.SessionId == client.SessionId).Text);
    }

    [Fact]
    public async Task A_question_in_BASE64_is_answered_too()
    {
        host.Ear.Say(new Hears("", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features);
        await client.SendAsync("REQUEST", new
        {
            request_id = "r2",
            data_type = "VOICE",
            stream_flag = false,
            stream_seq = 0,
            content = new { voice_mode = "BASE64", voice = Convert.ToBase64String(Speech()) },
        });
        await client.ReceiveAnswerAsync("r2");
        Assert.Equal(Speech(), host.Ear.SentIn(client.SessionId).Single());
    }

    [Fact]
    public async Task Nothing_heard_is_said()
    {
        host.Ear.Say(new Hears("", ""));
        await using var client = await host.RegisterAsync(features: Features);
        await RequestAsync(client, "r3", 0);
        await client.SendBinaryAsync(new byte[3_200]);
        await RequestAsync(client, "r3", -1);
        var answer = await client.ReceiveAnswerAsync("r3");
        Assert.Contains("did not catch that", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "pcm16", "STREAM_SEQ_ERROR")]
    [InlineData(7, "pcm16", "STREAM_SEQ_ERROR")]
    [InlineData(0, "opus", "UNSUPPORTED_FORMAT")]
    public async Task A_wrong_sequence_or_format_is_told(int streamSeq, string format, string code)
    {
        await using var client = await host.RegisterAsync(features: Features);
        await RequestAsync(client, "r4", streamSeq, format);
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal(code, (string?)error.Payload["error_code"]);
        Assert.Equal("r4", (string?)error.Payload["request_id"]);
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
    }

    private static byte[] Speech() => MemoryMarshal.AsBytes(Microphone.GoForward).ToArray();

    private static Task RequestAsync(ProtocolClient client, string id, int streamSeq, string format = "pcm16") => client.SendAsync("REQUEST", new
    {
        request_id = id,
        data_type = "VOICE",
        stream_flag = true,
        stream_seq = streamSeq,
        content = new { voice_mode = "BINARY", audio_format = format },
    });
}

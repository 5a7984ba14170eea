using System.Text.Json;
using Museum.Contracts.Protocol;

namespace Museum.Contracts.Tests;

public sealed class ProtocolJsonTests
{
    private static string Write<T>(T value) => JsonSerializer.Serialize(value, ProtocolJson.Options);

    [Fact]
    public void A_response_looks_as_MuseumAgent_1_0_knows_it()
    {
        var envelope = new Envelope<ResponsePayload>("1.0", MessageTypes.Response, "sess_0011223344556677", new ResponsePayload
        {
            RequestId = "r1", TurnId = 7, TextStreamSeq = 0, Sequence = 0, Seq = 12, Content = new ResponseContent { Text = "《星月夜》" },
        }, 1_700_000_000_000);
        Assert.Equal(
            """{"version":"1.0","msg_type":"RESPONSE","session_id":"sess_0011223344556677","payload":{"request_id":"r1","text_stream_seq":0,"content":{"text":"《星月夜》"},"interrupted":false,"turn_id":7,"sequence":0,"seq":12},"timestamp":1700000000000}""",
            Write(envelope));
    }

    [Fact]
    public void A_stream_that_a_response_carries_nothing_of_leaves_its_seq_out() =>
        Assert.DoesNotContain("voice_stream_seq", Write(new ResponsePayload { RequestId = "r", TurnId = 1, TextStreamSeq = -1, Content = new() }), StringComparison.Ordinal);

    [Fact]
    public void Time_and_mouth_are_named_as_the_protocol_names_them() =>
        Assert.Equal("""{"t_ms":40.5,"id":"aa","weight":0.5}""", Write(new TrackViseme(40.5, "aa", 0.5)));

    [Fact]
    public void Unknown_fields_of_a_client_are_ignored()
    {
        var register = JsonSerializer.Deserialize<RegisterPayload>("""{"platform":"WEB","require_tts":true,"function_calling":[],"colour":"red"}""", ProtocolJson.Options);
        Assert.True(register!.RequireTts);
        Assert.True(register.EnableSrs);
    }

    [Theory]
    [InlineData(ErrorCodes.AuthFailed, true)]
    [InlineData(ErrorCodes.SessionInvalid, false)]
    [InlineData(ErrorCodes.StreamSeqError, true)]
    [InlineData(ErrorCodes.PayloadTooLarge, false)]
    [InlineData(ErrorCodes.ServerBusy, true)]
    [InlineData(ErrorCodes.MalformedPayload, false)]
    [InlineData(ErrorCodes.InternalError, true)]
    [InlineData(ErrorCodes.RequestTimeout, true)]
    [InlineData(ErrorCodes.RateLimited, true)]
    [InlineData(ErrorCodes.UnsupportedFormat, false)]
    public void A_code_says_whether_to_try_again(string code, bool retryable) => Assert.Equal(retryable, ErrorCodes.IsRetryable(code));
}

using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class InterruptTests(CallHost host) : IDisposable
{
    public void Dispose() => host.Guide.AnswerTo = new GuideScript().AnswerTo;

    [Fact]
    public async Task An_interruption_cancels_the_model_and_nothing_of_the_turn_follows_its_acknowledgement()
    {
        host.Guide.AnswerTo = _ => ["The first sentence is here.", GuideScript.Wait, "The second never comes."];
        await using var client = await host.RegisterAsync();
        var id = await client.AskAsync("Tell me.");
        var sound = await client.ReceiveAsync("AUDIO_META");
        var turn = (long)sound.Payload["turn_id"]!;

        await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
        var ack = await client.ReceiveAsync("INTERRUPT_ACK");
        Assert.Equal("SUCCESS", (string?)ack.Payload["status"]);
        Assert.Equal(id, (string?)ack.Payload["interrupted_request_ids"]![0]);

        var end = await NextOfTurnAsync(client);
        Assert.Equal("RESPONSE", end.Type);
        Assert.True((bool)end.Payload["interrupted"]!);
        Assert.Equal(-1, (int)end.Payload["voice_stream_seq"]!);
        var ended = await NextOfTurnAsync(client);
        Assert.Equal("TURN_ENDED", ended.Type);
        Assert.True((bool)ended.Payload["interrupted"]!);

        await Eventually.TrueAsync(() => host.Guide.Cancelled.Contains((client.SessionId!, turn)));
        await Eventually.TrueAsync(() => host.Voice.Interrupted.Any(i => i.Session == client.SessionId && i.ThroughTurn == turn));
    }

    [Fact]
    public async Task Only_what_was_heard_stays_in_the_history()
    {
        host.Guide.AnswerTo = _ => ["The first sentence is here.", GuideScript.Wait, "The second never comes."];
        await using var client = await host.RegisterAsync();
        await client.AskAsync("Tell me.");
        var last = await client.ReceiveAsync("AUDIO_META", p => (bool?)p["last"] == true);
        var turn = (long)last.Payload["turn_id"]!;
        await client.SendAsync("PLAYBACK", new { turn_id = turn, sequence = 0, played_ms = 300, state = "finished" });
        await client.SendAsync("INTERRUPT", new { interrupt_request_id = "", reason = "USER_STOP" });
        var ended = await client.ReceiveAsync("TURN_ENDED");
        Assert.Equal("The first sentence is here.", (string?)ended.Payload["heard_text"]);

        host.Guide.AnswerTo = new GuideScript().AnswerTo;
        await client.ReceiveAnswerAsync(await client.AskAsync("Go on."));
        var heard = host.Guide.Asked.Last(a => a.SessionId == client.SessionId).Heard;
        Assert.Equal((turn, "The first sentence is here."), (heard.Single().TurnId, heard.Single().Text));
    }

    [Fact]
    public async Task A_new_question_interrupts_the_answer_to_the_last()
    {
        host.Guide.AnswerTo = question => question == "First?" ? ["A long story begins.", GuideScript.Wait] : ["A short answer."];
        await using var client = await host.RegisterAsync();
        var first = await client.AskAsync("First?");
        await client.ReceiveAsync("RESPONSE", p => p["content"]?["text"] is not null);
        var second = await client.AskAsync("Second?");
        var end = await client.ReceiveAsync("RESPONSE", p => (bool?)p["interrupted"] == true);
        Assert.Equal((first, "USER_NEW_INPUT"), ((string?)end.Payload["request_id"], (string?)end.Payload["interrupt_reason"]));
        var answer = await client.ReceiveAnswerAsync(second);
        Assert.Equal("A short answer. ", answer.Text);
        Assert.DoesNotContain(answer.Frames, f => (string?)f.Payload["request_id"] == first);
    }

    [Fact]
    public async Task Interrupting_what_is_not_there_fails_clearly()
    {
        await using var client = await host.RegisterAsync();
        await client.SendAsync("INTERRUPT", new { interrupt_request_id = "nothing", reason = "USER_STOP" });
        var ack = await client.ReceiveAsync("INTERRUPT_ACK");
        Assert.Equal("FAILED", (string?)ack.Payload["status"]);
        Assert.Empty(ack.Payload["interrupted_request_ids"]!.AsArray());
    }

    /// <summary>How the house is may be told at any moment.</summary>
    private static async Task<ServerFrame> NextOfTurnAsync(ProtocolClient client)
    {
        var frame = await client.ReceiveAsync();
        while (frame!.Type == "STATUS")
        {
            frame = await client.ReceiveAsync();
        }

        return frame;
    }
}

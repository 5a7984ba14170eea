using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class EndOfTurnTests(CallHost host) : IDisposable
{
    public void Dispose()
    {
        host.Guide.AnswerTo = new GuideScript().AnswerTo;
        host.Voice.Before = _ => Task.CompletedTask;
    }

    [Fact]
    public async Task Both_streams_end_once_however_the_turn_ends()
    {
        host.Guide.AnswerTo = _ => [.. Enumerable.Range(0, 3).Select(i => $"Sentence number {i}.")];
        // Or the voice would be over, too, before a client on a busy machine has interrupted it.
        var interrupted = new TaskCompletionSource();
        host.Voice.Before = s => s.Sequence == 2 ? interrupted.Task : Task.CompletedTask;
        await using var client = await host.RegisterAsync();
        var id = await client.AskAsync("Tell me.");

        // The text is over, the voice is not.
        await client.ReceiveAsync("AUDIO_META", p => (int)p["sequence"]! == 1);
        await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
        var last = await client.ReceiveAsync("RESPONSE", p => (bool?)p["interrupted"] == true);
        Assert.Null(last.Payload["text_stream_seq"]);
        Assert.Equal(-1, (int)last.Payload["voice_stream_seq"]!);
        interrupted.SetResult();
    }

    [Fact]
    public async Task A_question_right_after_the_end_finds_nothing_to_interrupt()
    {
        await using var client = await host.RegisterAsync(voice: false);
        for (var i = 0; i < 50; i++)
        {
            var answer = await client.ReceiveAnswerAsync(await client.AskAsync($"Question {i}?"));
            Assert.DoesNotContain(answer.Frames, f => (bool?)f.Payload["interrupted"] == true);
        }
    }

    [Fact]
    public async Task An_empty_binary_frame_is_no_goodbye()
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.SendBinaryAsync([]);
        Assert.NotEmpty((await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"))).Text);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_leaves_nothing_behind()
    {
        host.Guide.AnswerTo = _ => ["A long story begins.", GuideScript.Wait];
        (string Session, long Turn) left;
        await using (var client = await host.RegisterAsync())
        {
            await client.AskAsync("Tell me.");
            left = (client.SessionId!, (long)(await client.ReceiveAsync("AUDIO_META")).Payload["turn_id"]!);
        }

        await Eventually.TrueAsync(() => host.Guide.Cancelled.Contains(left));
        await Eventually.TrueAsync(() => host.Services.GetRequiredService<Turns.SentenceIntake>().Count == 0);
    }
}

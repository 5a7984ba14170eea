using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>Real speech through the real voice activity; what it means is scripted.</summary>
[Collection(CallCollection.Name)]
public sealed class LiveCallTests(CallHost host) : IDisposable
{
    private const string Features = ProtocolClient.EveryFeature + ",transcripts";

    public void Dispose()
    {
        host.Guide.AnswerTo = new GuideScript().AnswerTo;
        host.Ear.Say(new Hears("", ""));
    }

    [Fact]
    public async Task A_spoken_question_is_heard_and_answered_aloud()
    {
        host.Ear.Say(new Hears("who painted", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say();
        await client.ReceiveAsync("SPEECH_STARTED");
        await client.ReceiveAsync("SPEECH_STOPPED");
        var heard = await client.ReceiveAsync("TRANSCRIPT", p => (bool)p["is_final"]!);
        Assert.Equal("who painted the starry night", (string?)heard.Payload["text"]);
        var started = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        Assert.Contains("Vincent van Gogh painted it.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(VoiceScript.SoundOf("It hangs in New York."), answer.Samples(1));
        var metrics = await client.ReceiveAsync("TURN_METRICS");
        Assert.InRange((double)metrics.Payload["end_of_turn_ms"]!, 250, 2_600);
        Assert.True((double)metrics.Payload["transcript_ms"]! >= (double)metrics.Payload["end_of_turn_ms"]! - 50);
    }

    [Fact]
    public async Task The_answer_is_composed_in_the_pause_and_released_when_that_was_all()
    {
        const string Question = "tell me about the bronze bell";
        var composed = new TaskCompletionSource();
        host.Ear.Say(new Hears(Question, Question) { Settled = composed.Task });
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).SayOn();
        await FinishAsync(microphone, client);
        await client.ReceiveAsync("SPEECH_STOPPED");
        await Eventually.TrueAsync(() => host.Voice.Composed.Any(s => s.Session == client.SessionId && s.Sequence == 0 && s.Speculative));
        composed.SetResult();
        var heard = await client.ReceiveAsync("TRANSCRIPT", p => (bool)p["is_final"]!);
        var started = await client.ReceiveAsync("TURN_STARTED");
        Assert.Equal((long)heard.Payload["turn_id"]!, (long)started.Payload["turn_id"]!);
        await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        var asked = host.Guide.Asked.Where(a => a.SessionId == client.SessionId).ToList();
        Assert.True(asked[^1].Speculative);
        Assert.Equal((long)started.Payload["turn_id"]!, asked[^1].TurnId);
    }

    [Fact]
    public async Task What_was_composed_too_early_is_thrown_away_and_never_seen()
    {
        host.Guide.AnswerTo = question => question.Contains("bell", StringComparison.Ordinal) ? ["The bell is old."] : ["Wrong, wrong, wrong."];
        var composed = new TaskCompletionSource();
        host.Ear.Say(new Hears("tell me about the bronze age", "tell me about the bronze bell") { Settled = composed.Task });
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).SayOn();
        await FinishAsync(microphone, client);
        await client.ReceiveAsync("SPEECH_STOPPED");
        await Eventually.TrueAsync(() => host.Guide.Asked.Any(a => a.SessionId == client.SessionId && a.Speculative));
        composed.SetResult();
        var started = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        Assert.Equal("The bell is old.", answer.Text.Trim());
        var early = host.Guide.Asked.Where(a => a.SessionId == client.SessionId && a.Speculative).ToList();
        await Eventually.TrueAsync(() => early.All(a => host.Voice.Interrupted.Any(i => i.Session == client.SessionId && i.ThroughTurn >= a.TurnId)));
        Assert.DoesNotContain(answer.Frames, f => f.Payload["turn_id"] is { } id && (long)id < (long)started.Payload["turn_id"]!);
    }

    [Fact]
    public async Task An_utterance_that_is_lost_in_the_middle_is_heard_by_another_from_its_beginning()
    {
        host.Ear.Say(new Hears("", "") { LostAtBytes = 20_000 }, new Hears("who painted", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say();
        var heard = await client.ReceiveAsync("TRANSCRIPT", p => (bool)p["is_final"]!);
        Assert.Equal("who painted the starry night", (string?)heard.Payload["text"]);
        Assert.InRange(host.Ear.SentIn(client.SessionId).Single().Length, 40_000, 200_000);
    }

    [Fact]
    public async Task Numbered_frames_that_come_twice_are_heard_once()
    {
        host.Ear.Say(new Hears("", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features + ",numbered_audio");
        await using var microphone = new Microphone(client, numbered: true).Say();
        await client.ReceiveAsync("TRANSCRIPT", p => (bool)p["is_final"]!);
        // 1.8 s of words, 300 ms before and 500 ms after them are 84,000 bytes; twice that would be 140,000 at the least.
        Assert.InRange(host.Ear.SentIn(client.SessionId).Single().Length, 40_000, 100_000);
    }

    [Fact]
    public async Task A_numbered_frame_without_its_number_is_refused()
    {
        await using var client = await host.RegisterAsync(features: Features + ",numbered_audio");
        await client.SendBinaryAsync([1, 2]);
        Assert.Equal("MALFORMED_PAYLOAD", (string?)(await client.ReceiveAsync("ERROR")).Payload["error_code"]);
    }

    [Fact]
    public async Task What_is_in_doubt_is_asked_again_and_not_guessed()
    {
        host.Ear.Say(new Hears("", "the bell of the moon") { LowConfidence = true });
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say();
        var started = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        Assert.Contains("Did you say: the bell of the moon?", answer.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Samples(0));
        Assert.DoesNotContain(host.Guide.Asked, a => a.SessionId == client.SessionId);
    }

    [Fact]
    public async Task A_guide_that_cannot_hear_says_so()
    {
        host.Ear.Say(new Hears("", "") { Away = true });
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say();
        var started = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)started.Payload["request_id"]!);
        Assert.Contains("cannot hear you", answer.Text, StringComparison.Ordinal);
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
    }

    [Fact]
    public async Task A_microphone_that_falls_silent_in_mid_word_has_finished()
    {
        host.Ear.Say(new Hears("who painted", "who painted the starry night"));
        await using var client = await host.RegisterAsync(features: Features);
        var microphone = new Microphone(client).SayOn();
        await client.ReceiveAsync("SPEECH_STARTED");
        await microphone.DisposeAsync();
        await client.ReceiveAsync("SPEECH_STOPPED");
        await client.ReceiveAsync("TURN_STARTED");
    }

    [Fact]
    public async Task Half_a_sample_is_refused_and_the_call_goes_on()
    {
        await using var client = await host.RegisterAsync(features: Features);
        await client.SendBinaryAsync(new byte[641]);
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal("MALFORMED_PAYLOAD", (string?)error.Payload["error_code"]);
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
    }

    /// <summary>Speaks until the words are guessed, so that the pause after them is not over before.</summary>
    private static async Task FinishAsync(Microphone microphone, ProtocolClient client)
    {
        await client.ReceiveAsync("TRANSCRIPT", p => !(bool)p["is_final"]!);
        microphone.Finish();
    }
}

using Museum.Benchmarks.Call.Sound;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>Real speech over the guide's voice; what it means is scripted.</summary>
[Collection(CallCollection.Name)]
public sealed class BargeInTests(CallHost host) : IDisposable
{
    private const string Features = ProtocolClient.EveryFeature + ",transcripts";
    private const int MostTimes = 5;
    private const string Typed = "Who painted it?";
    private const string Long = "Long ago there was a painter who could not stop.";
    private const string Endless = "Endless was the night in which he painted.";

    public void Dispose()
    {
        host.Guide.AnswerTo = new GuideScript().AnswerTo;
        host.Ear.Say(new Hears("", ""));
    }

    [Fact]
    public async Task Words_over_the_guides_voice_pause_it_and_cancel_the_turn()
    {
        host.Guide.AnswerTo = q => q.Contains("bell", StringComparison.Ordinal) ? ["The bell is old."] : [Endless, "And more."];
        host.Ear.Say(new Hears("what about the bell", "what about the bronze bell"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client);
        var (_, sound) = await AskAloudAsync(client);
        microphone.Say();
        var turn = (long)sound.Payload["turn_id"]!;
        var isPaused = true;
        var paused = await client.ReceiveAsync("TURN_PAUSED");
        Assert.Equal(turn, (long)paused.Payload["turn_id"]!);
        var pieces = 0;
        var ended = await client.ReceiveAsync();
        while (ended!.Type != "TURN_ENDED")
        {
            // One piece may be under way when the voice pauses; it goes on when its final words are long in coming.
            pieces = ended.Type == "TURN_PAUSED" ? 0 : pieces + (ended.Type == "AUDIO_META" ? 1 : 0);
            isPaused = ended.Type switch { "TURN_PAUSED" => true, "TURN_RESUMED" => false, _ => isPaused };
            Assert.True(!isPaused || pieces <= 1, "The voice went on after TURN_PAUSED.");
            ended = await client.ReceiveAsync();
        }

        Assert.True((bool)ended.Payload["interrupted"]!);
        var next = await client.ReceiveAsync("TURN_STARTED");
        var answer = await client.ReceiveAnswerAsync((string)next.Payload["request_id"]!);
        Assert.Equal("The bell is old.", answer.Text.Trim());
        await Eventually.TrueAsync(() => host.Voice.Interrupted.Any(i => i.Session == client.SessionId && i.ThroughTurn == turn));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("mhm", "mhm")]
    [InlineData("", "okay")]
    public async Task A_cough_or_an_mhm_pauses_the_voice_which_goes_on_where_it_stopped(string partial, string final)
    {
        host.Guide.AnswerTo = _ => [Long];
        host.Ear.Say(new Hears(partial, final));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client);
        var (id, first) = await AskAloudAsync(client);
        microphone.Say(1.0);
        var frames = await client.ReceiveAnswerAsync(id);
        Assert.Contains(frames.Frames, f => f.Type == "TURN_PAUSED");
        Assert.Contains(frames.Frames, f => f.Type == "TURN_RESUMED");
        Assert.False((bool)frames.Frames[^1].Payload["interrupted"]!);
        var whole = first.Binary.Concat(frames.Frames.Where(f => f.Type == "AUDIO_META").SelectMany(f => f.Binary)).ToArray();
        Assert.Equal(VoiceScript.SamplesOf(Long) * 2, whole.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_cough_that_is_heard_as_a_question_does_not_interrupt(int seed)
    {
        host.Guide.AnswerTo = _ => [Long];
        host.Ear.Say(new Hears("who owned", "who owned the bell"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client);
        var (id, _) = await AskAloudAsync(client);
        microphone.Play(SyntheticCough.Of(seed));
        var answer = await client.ReceiveAnswerAsync(id);
        Assert.False((bool)answer.Frames[^1].Payload["interrupted"]!);
        Assert.All(host.Guide.Asked.Where(a => a.SessionId == client.SessionId), a => Assert.Equal(Typed, a.Text));
    }

    [Theory]
    [InlineData("who owned", false)]
    [InlineData("and I tell", false)]
    [InlineData("next", true)]
    [InlineData("who owned the bell", false)]
    [InlineData("tell me more, wait", true)]
    public async Task What_is_short_interrupts_when_it_is_a_command_and_not_what_nobody_says_so_fast(string words, bool interrupts)
    {
        host.Guide.AnswerTo = _ => [interrupts ? Endless : Long];
        host.Ear.Say(new Hears("", words));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client);
        await AskAloudAsync(client);
        microphone.Say(1.0);
        var ended = await client.ReceiveAsync("TURN_ENDED");
        Assert.Equal(interrupts, (bool)ended.Payload["interrupted"]!);
    }

    [Fact]
    public async Task Stop_stops_and_is_not_answered()
    {
        host.Guide.AnswerTo = _ => [Endless];
        host.Ear.Say(new Hears("stop", "stop"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client);
        await AskAloudAsync(client);
        microphone.Say();
        var ended = await client.ReceiveAsync("TURN_ENDED");
        Assert.True((bool)ended.Payload["interrupted"]!);
        await client.ReceiveAsync("TRANSCRIPT", p => (bool)p["is_final"]!);
        Assert.All(host.Guide.Asked.Where(a => a.SessionId == client.SessionId), a => Assert.Equal(Typed, a.Text));
    }

    [Fact]
    public async Task Who_is_cut_off_too_early_has_both_halves_answered_together()
    {
        host.Guide.AnswerTo = q => q == "tell me about the bell" ? [GuideScript.Wait] : ["Both halves."];
        host.Ear.Say(new Hears("", "tell me about the bell"), new Hears("of the temple", "of the temple"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say(10, 1_000);
        await client.ReceiveAsync("TURN_STARTED");
        microphone.Say();
        await client.ReceiveAsync("TURN_STARTED");
        await Eventually.TrueAsync(() => host.Guide.Asked.Last(a => a.SessionId == client.SessionId).Text == "tell me about the bell of the temple");
    }

    [Fact]
    public async Task What_was_stopped_before_it_was_heard_is_not_asked_again_with_the_next_question()
    {
        host.Guide.AnswerTo = q => q == "tell me about the bell" ? [GuideScript.Wait] : ["The next."];
        host.Ear.Say(new Hears("", "tell me about the bell"), new Hears("", "stop"), new Hears("", "who painted the night watch"));
        await using var client = await host.RegisterAsync(features: Features);
        await using var microphone = new Microphone(client).Say(10, 1_000);
        await client.ReceiveAsync("TURN_STARTED");
        microphone.Say(10, 1_000);
        await client.ReceiveAsync("TURN_ENDED", p => (bool)p["interrupted"]!);
        await client.ReceiveAsync("TRANSCRIPT", p => (string?)p["text"] == "stop");
        microphone.Say();
        await client.ReceiveAsync("TURN_STARTED");
        await Eventually.TrueAsync(() => host.Guide.Asked.Last(a => a.SessionId == client.SessionId).Text == "who painted the night watch");
    }

    /// <summary>Asks until the answer is begun aloud: on a busy machine a voice may come so late that the answer is left to its text.</summary>
    private static async Task<(string Id, ServerFrame First)> AskAloudAsync(ProtocolClient client)
    {
        for (var asked = 0; asked < MostTimes; asked++)
        {
            var id = await client.AskAsync(Typed);
            var frame = await client.ReceiveAsync();
            while (frame!.Type is not ("AUDIO_META" or "TURN_ENDED"))
            {
                frame = await client.ReceiveAsync();
            }

            if (frame.Type == "AUDIO_META")
            {
                return (id, frame);
            }
        }

        throw new TimeoutException($"Asked {MostTimes} times and never answered aloud.");
    }
}

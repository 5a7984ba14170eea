using Museum.ServiceDefaults.Memory;
using Museum.TestKit;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class ResumeTests(TwoReplicas replicas) : IDisposable
{
    private CallHost Host => replicas.Host;

    public void Dispose()
    {
        Host.Guide.AnswerTo = new GuideScript().AnswerTo;
        Host.Voice.Before = _ => Task.CompletedTask;
    }

    [Fact]
    public async Task A_broken_connection_is_no_interruption_and_on_the_same_replica_the_visitor_joins_the_running_answer()
    {
        Host.Guide.AnswerTo = _ => ["The first sentence is here.", GuideScript.Wait, "The second follows."];
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Tell me.");
        var turn = (long)(await visitor.ReceiveAsync("RESPONSE", p => (int?)p["text_stream_seq"] == 1)).Payload["turn_id"]!;

        visitor.Cut();
        Host.Guide.Gate.Release();
        await visitor.ConnectAsync(replicas.First.Address());
        Assert.True(visitor.Resumed);
        await visitor.ReceiveAsync("TURN_ENDED");

        WholeAnswer.Check(visitor, turn, "The first sentence is here. The second follows. ");
        Assert.Single(Host.Guide.Asked, a => a.SessionId == visitor.SessionId);
    }

    [Fact]
    public async Task Another_replica_goes_on_with_the_answer_that_was_being_written()
    {
        Host.Guide.AnswerTo = _ => ["The first sentence is here.", GuideScript.Wait, "The second follows."];
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Tell me.");
        var turn = (long)(await visitor.ReceiveAsync("RESPONSE", p => (int?)p["text_stream_seq"] == 1)).Payload["turn_id"]!;

        await replicas.First.StoredAsync(visitor.SessionId);
        visitor.Cut();
        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.True(visitor.Resumed);
        await Eventually.TrueAsync(() => Host.Guide.Cancelled.Contains((visitor.SessionId, turn)));
        Host.Guide.Gate.Release();
        await visitor.ReceiveAsync("TURN_ENDED");

        WholeAnswer.Check(visitor, turn, "The first sentence is here. The second follows. ");
        var asked = Host.Guide.Asked.Where(a => a.SessionId == visitor.SessionId).ToArray();
        Assert.Equal([(turn, "Tell me."), (turn, "Tell me.")], asked.Select(a => (a.TurnId, a.Text)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_replica_speaks_the_sentences_that_were_not_heard_in_its_own_name(bool tellsSound)
    {
        Host.Guide.AnswerTo = _ => ["The first sentence is here.", "The second follows.", "The third ends it."];
        await using var visitor = await EnterAsync(tellsSound);
        // The third is not spoken before, or there would be nothing left to say on a machine that stands still for a moment.
        var cut = new TaskCompletionSource();
        Host.Voice.Before = s => s.Sequence == 2 ? cut.Task : Task.CompletedTask;
        await visitor.Client.AskAsync("Tell me.");
        var sound = await visitor.ReceiveAsync("AUDIO_META", p => (int)p["sequence"]! == 1);
        var turn = (long)sound.Payload["turn_id"]!;
        await visitor.Client.SendAsync("PLAYBACK", new { turn_id = turn, sequence = 0, played_ms = 300, state = "finished" });
        await visitor.Client.SendAsync("PLAYBACK", new { turn_id = turn, sequence = 1, played_ms = 100, state = "started" });
        await visitor.Client.SendAsync("PING", new { });
        await visitor.ReceiveAsync("PONG");

        await replicas.First.StoredAsync(visitor.SessionId);
        visitor.Cut();
        cut.SetResult();
        var before = visitor.Frames.Count;
        await visitor.ConnectAsync(replicas.Second.Address());
        await visitor.ReceiveAsync("TURN_ENDED");

        var again = visitor.Frames.Skip(before).Where(f => f.Type == "AUDIO_META").ToArray();
        // 300 ms a sentence in pieces of 100: behind what has arrived; else at what was heard of the second, or at its beginning if that was not yet known.
        var said = again.Select(Place).ToArray();
        var from = tellsSound ? Place(visitor.Frames.Take(before).Last(f => f.Type == "AUDIO_META")) + 1 : Math.Clamp(said[0], 3, 4);
        Assert.Equal(Enumerable.Range(from, 9 - from), said);
        var composed = Host.Voice.Composed.Where(s => s.Session == visitor.SessionId).ToArray();
        var holders = composed.Select(s => (s.Holder, s.Epoch)).Distinct().OrderBy(h => h.Epoch).ToArray();
        Assert.Equal(2, holders.Length);
        Assert.NotEqual(holders[0].Holder, holders[1].Holder);
        Assert.DoesNotContain(composed, s => s.Epoch == holders[1].Epoch && s.Sequence == 0);
        WholeAnswer.Check(visitor, turn, "The first sentence is here. The second follows. The third ends it. ");
    }

    [Fact]
    public async Task Where_the_words_differ_the_second_time_the_answer_ends_honestly()
    {
        var times = 0;
        Host.Guide.AnswerTo = _ => Interlocked.Increment(ref times) == 1 ? ["The first sentence is here.", GuideScript.Wait] : ["Something else comes to mind."];
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Tell me.");
        var turn = (long)(await visitor.ReceiveAsync("RESPONSE", p => (int?)p["text_stream_seq"] == 1)).Payload["turn_id"]!;

        await replicas.First.StoredAsync(visitor.SessionId);
        visitor.Cut();
        await visitor.ConnectAsync(replicas.Second.Address());
        var error = await visitor.ReceiveAsync("ERROR");
        Assert.Equal(("answer_broken_off", true), ((string?)error.Payload["error_detail"], (bool)error.Payload["retryable"]!));
        await visitor.ReceiveAsync("TURN_ENDED");
        WholeAnswer.Check(visitor, turn, "The first sentence is here. ");
    }

    [Fact]
    public async Task The_older_holder_closes_with_4001()
    {
        await using var visitor = await EnterAsync();
        var older = visitor.Client;
        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.True(visitor.Resumed);

        var shutdown = await older.ReceiveAsync("SHUTDOWN");
        Assert.Equal("REPLACED", (string?)shutdown.Payload["reason"]);
        Assert.Equal(4001, (int?)await older.ReceiveCloseAsync());
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
    }

    [Fact]
    public async Task What_was_missed_is_said_again_and_what_was_acknowledged_is_not()
    {
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
        var all = WholeAnswer.Numbered(visitor.Frames);
        Assert.Equal(Enumerable.Range(1, all.Length), all.Select(f => (int)f.Payload["seq"]!));

        await visitor.Client.SendAsync("ACK", new { last_seq = 3 });
        await visitor.Client.SendAsync("PING", new { });
        await visitor.ReceiveAsync("PONG");
        await using var again = await ProtocolClient.RegisterAsync(
            replicas.First.Address(), Token(visitor.SessionId), "en", resume: new { session_id = visitor.SessionId, resume_token = visitor.ResumeToken, last_seq = 0 });
        var first = await again.ReceiveAsync();
        Assert.Equal(4, (long?)first!.Payload["seq"]);
    }

    [Fact]
    public async Task When_memory_is_short_a_call_that_waits_is_kept_in_the_store_alone_and_goes_on_all_the_same()
    {
        await using var visitor = await EnterAsync();
        await using var present = await EnterAsync();
        await visitor.Client.AskAsync("Who painted it?");
        var turn = (long)(await visitor.ReceiveAsync("TURN_ENDED")).Payload["turn_id"]!;
        visitor.Cut();
        var registry = replicas.First.Services.GetRequiredService<SessionRegistry>();
        await Eventually.TrueAsync(() => registry.Find(visitor.SessionId) is { WaitsSince: not null });

        var owner = replicas.First.Services.GetServices<IReleasesMemory>().OfType<WaitingCalls>().Single();
        var given = 0L;
        await Eventually.TrueAsync(() =>
        {
            given += owner.Release();
            return registry.Find(visitor.SessionId) is null;
        });
        Assert.InRange(given, 1, long.MaxValue);
        Assert.NotNull(registry.Find(present.SessionId));

        await visitor.ConnectAsync(replicas.First.Address());
        Assert.True(visitor.Resumed);
        WholeAnswer.Check(visitor, turn, "Vincent van Gogh painted it. It hangs in New York. ");
        await visitor.Client.AskAsync("And now?");
        await visitor.ReceiveAsync("TURN_ENDED");
    }

    [Fact]
    public async Task The_voice_that_was_on_its_way_when_the_connection_broke_is_heard_once_and_in_its_place()
    {
        Host.Guide.AnswerTo = _ => ["The first sentence is here.", "The second follows.", "The third ends it."];
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Tell me.");
        var turn = (long)(await visitor.ReceiveAsync("AUDIO_META")).Payload["turn_id"]!;
        // The rest lies in buffers that nobody reads any more.
        var call = replicas.First.Services.GetRequiredService<SessionRegistry>().Find(visitor.SessionId)!;
        await Eventually.TrueAsync(() => call.Conversation.Quiet.IsCompleted);

        visitor.Cut();
        await visitor.ConnectAsync(replicas.First.Address());
        await visitor.ReceiveAsync("TURN_ENDED");
        var sound = visitor.AnswerOf(turn).Frames.Where(f => f.Type == "AUDIO_META").ToArray();
        // 300 ms a sentence in pieces of 100.
        var expected = Enumerable.Range(0, 9).Select(i => (i / 3, (i % 3) * 100d));
        Assert.Equal(expected, sound.Select(f => ((int)f.Payload["sequence"]!, (double)f.Payload["start_ms"]!)));
        Assert.All(sound, f => Assert.Equal((int)f.Payload["size"]!, f.Binary.Length));
        WholeAnswer.Check(visitor, turn, "The first sentence is here. The second follows. The third ends it. ");
        var ended = visitor.Frames.ToList().FindIndex(f => f.Type == "TURN_ENDED");
        Assert.True(visitor.Frames.ToList().FindLastIndex(f => f.Type == "AUDIO_META") < ended);
    }

    [Fact]
    public async Task A_client_that_does_not_say_what_it_has_heard_is_told_no_sound_again()
    {
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
        await using var again = await ProtocolClient.RegisterAsync(
            replicas.First.Address(), Token(visitor.SessionId), "en", resume: new { session_id = visitor.SessionId, resume_token = visitor.ResumeToken, last_seq = 0 });
        for (var frame = await again.ReceiveAsync(); frame!.Type != "TURN_ENDED"; frame = await again.ReceiveAsync())
        {
            Assert.NotEqual("AUDIO_META", frame.Type);
        }
    }

    [Fact]
    public async Task A_request_that_is_sent_again_to_another_replica_is_answered_once()
    {
        await using var visitor = await EnterAsync();
        var request = new { request_id = "once", data_type = "TEXT", content = new { text = "Who painted it?" } };
        await visitor.Client.SendAsync("REQUEST", request);
        await visitor.ReceiveAsync("TURN_ENDED");
        await replicas.First.StoredAsync(visitor.SessionId);
        visitor.Cut();
        await visitor.ConnectAsync(replicas.Second.Address());
        await visitor.Client.SendAsync("REQUEST", request);
        await visitor.Client.AskAsync("Another?");
        await visitor.ReceiveAsync("TURN_ENDED");
        Assert.Equal(["Who painted it?", "Another?"], Host.Guide.Asked.Where(a => a.SessionId == visitor.SessionId).Select(a => a.Text));
    }

    [Theory]
    [InlineData("not-the-token")]
    [InlineData("")]
    public async Task Who_does_not_know_the_token_begins_anew(string token)
    {
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
        await using var other = await ProtocolClient.RegisterAsync(
            replicas.Second.Address(), Token(visitor.SessionId), "en", resume: new { session_id = visitor.SessionId, resume_token = token, last_seq = 0 });
        Assert.False((bool)other.Welcome!["resumed"]!);
        Assert.NotEqual(visitor.ResumeToken, (string?)other.Welcome["resume_token"]);
        Assert.Equal("STATUS", (await other.ReceiveAsync())!.Type);
    }

    private string Token(string session) => Host.Tokens.Token(session);

    private static int Place(ServerFrame sound) => (3 * (int)sound.Payload["sequence"]!) + (int)((double)sound.Payload["start_ms"]! / 100);

    private async Task<ResumingVisitor> EnterAsync(bool tellsSound = true)
    {
        var visitor = new ResumingVisitor(Token(TokenIssuer.NewSession())) { TellsSound = tellsSound };
        await visitor.ConnectAsync(replicas.First.Address());
        return visitor;
    }
}

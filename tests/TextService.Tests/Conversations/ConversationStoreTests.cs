using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;
using Museum.TextService.Conversation;

namespace TextService.Tests.Conversations;

/// <summary>What replicas keep of a session together, in a real Redis.</summary>
public sealed class ConversationStoreTests
{
    [Fact]
    public async Task Turns_that_overlap_on_two_replicas_take_nothing_from_each_other()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var one = await Remembering.StartAsync(redis);
        await using var other = await Remembering.StartAsync(redis);
        ConversationStore[] stores = [one.Get<ConversationStore>(), other.Get<ConversationStore>()];
        await Task.WhenAll(Enumerable.Range(1, 30).Select(turn => stores[turn % 2].SaveAsync("s", Turn(turn), default)));
        foreach (var store in stores)
        {
            Assert.Equal(Enumerable.Range(1, 30), (await store.RecallAsync("s", default)).Turns.Select(t => (int)t.Turn));
        }
    }

    [Fact]
    public async Task Two_replicas_that_fold_at_once_leave_one_digest_and_no_turn_twice()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] small = [("Conversation:HistoryTokens", "200")];
        await using var one = await Remembering.StartAsync(redis, small);
        await using var other = await Remembering.StartAsync(redis, small);
        ConversationStore[] stores = [one.Get<ConversationStore>(), other.Get<ConversationStore>()];
        var turn = 0;
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(stores.Select(store => store.SaveAsync("s", Turn(Interlocked.Increment(ref turn)), default)));
        }

        foreach (var store in stores)
        {
            var remembered = await store.RecallAsync("s", default);
            Assert.Equal(40, remembered.LastTurn);
            Assert.InRange(remembered.Digest.Through, 1, 39);
            Assert.Equal(remembered.Turns.Select(t => t.Turn).Order().Distinct(), remembered.Turns.Select(t => t.Turn));
            // Whatever was folded, in a row: each exhibit of each turn is in the visit.
            Assert.Equal(40, remembered.Tour.Visits.Count);
        }

        // And Redis has no more of it, however often one replica was first.
        Assert.InRange(await one.Get<RedisStore>().RunAsync(db => db.HashLengthAsync("museum:talk:s"), default), 1, 25);
    }

    [Fact]
    public async Task What_was_heard_counts_even_when_it_arrives_before_the_turn_it_belongs_to()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var one = await Remembering.StartAsync(redis);
        await using var other = await Remembering.StartAsync(redis);
        await other.Get<ConversationStore>().HeardAsync("s", 1, "Only", default);
        await one.Get<ConversationStore>().SaveAsync("s", Turn(1), default);
        Assert.Equal("Only", (await one.Get<ConversationStore>().RecallAsync("s", default)).Turns.Single().Told);
    }

    [Theory]
    [InlineData("", "", 0, null)]
    [InlineData("Answer 1.", "Answer 1.", 1, null)]
    [InlineData("Answer 1. It goes on for a while.", "Answer 1. It goes on for a while.", 1, "scream")]
    public void What_was_not_heard_was_neither_told_nor_proposed(string heard, string told, int about, string? proposed)
    {
        var turn = (Turn(1) with { Proposed = "scream" }).Heard(heard);
        Assert.Equal((told, about, proposed), (turn.Told, turn.About.Count, turn.Proposed));
    }

    [Fact]
    public async Task What_was_said_while_Redis_was_away_is_not_lost_when_it_is_back()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await Remembering.StartAsync(redis, ("Resilience:redis:Timeout", "00:00:00.300"), ("Resilience:redis:BreakerThroughput", "2"));
        var store = service.Get<ConversationStore>();
        await store.SaveAsync("s", Turn(1), default);
        redis.Freeze();
        await service.CapabilityAsync("store", "away");
        await store.SaveAsync("s", Turn(2), default);
        redis.Thaw();
        await service.CapabilityAsync("store", "ok");
        Assert.Equal([1, 2], (await store.RecallAsync("s", default)).Turns.Select(t => t.Turn));
    }

    [Fact]
    public async Task An_ended_session_is_forgotten_by_every_replica_and_by_Redis_with_all_its_conversations()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var one = await Remembering.StartAsync(redis);
        await using var other = await Remembering.StartAsync(redis);
        string[] sessions = ["sess_a", "sess_a/tour", "sess_b"];
        foreach (var session in sessions)
        {
            await one.Get<ConversationStore>().SaveAsync(session, Turn(1), default);
            await other.Get<ConversationStore>().SaveAsync(session, Turn(2), default);
        }

        await one.Get<RevokedSessions>().RevokeAsync("sess_a", default);
        await Eventually.TrueAsync(async () =>
        {
            var left = await Task.WhenAll(new[] { one, other }.SelectMany(s => sessions.Select(id => s.Get<ConversationStore>().RecallAsync(id, default))));
            return left.Select(r => r.Turns.Count).SequenceEqual([0, 0, 2, 0, 0, 2]);
        });
        var keys = await one.Get<RedisStore>().RunAsync(async db => (string[])(await db.ExecuteAsync("KEYS", "museum:talk*"))!, default);
        Assert.Equal(["museum:talk:sess_b"], keys);

        // An answer that was under way as the session ended brings nothing back.
        await Eventually.TrueAsync(() => other.Get<RevokedSessions>().Contains("sess_a"));
        await other.Get<ConversationStore>().SaveAsync("sess_a", Turn(3), default);
        Assert.Empty((await other.Get<ConversationStore>().RecallAsync("sess_a", default)).Turns);
    }

    [Fact]
    public async Task However_a_session_s_end_and_a_turn_of_it_meet_nothing_is_left_without_an_end()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await Remembering.StartAsync(redis, ("Conversation:HistoryTokens", "200"));
        var store = service.Get<ConversationStore>();
        for (var round = 0; round < 50; round++)
        {
            var session = $"s{round}";
            for (var turn = 1; turn <= 16; turn++)
            {
                await store.SaveAsync(session, Turn(turn), default);
            }

            await Task.WhenAll(
                Task.Run(() => store.SaveAsync(session, Turn(17) with { Told = new string('a', 400) }, default)),
                Task.Run(() => store.ForgetAsync(session, default)));
            var (isThere, left) = await service.Get<RedisStore>().RunAsync(
                async db => (await db.KeyExistsAsync("museum:talk:" + session), await db.KeyTimeToLiveAsync("museum:talk:" + session)), default);
            Assert.True(!isThere || left is not null);
        }
    }

    [Fact]
    public async Task Of_what_a_caller_says_was_heard_no_more_is_kept_than_answers_are_long_and_sessions_have_turns()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await Remembering.StartAsync(redis);
        var store = service.Get<ConversationStore>();
        foreach (var turn in Enumerable.Range(-5, 300))
        {
            await store.HeardAsync("s", turn, new string('a', 100_000), default);
        }

        var kept = await service.Get<RedisStore>().RunAsync(db => db.HashGetAllAsync("museum:talk:s"), default);
        Assert.Equal(200, kept.Length);
        Assert.All(kept, field => Assert.InRange(((string)field.Value!).Length, 1, 10_000));
    }

    [Fact]
    public async Task Turns_over_HTTP_are_numbered_on_from_those_of_the_sessions_socket()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await Remembering.StartAsync(redis);
        // As the holder of a call numbers them.
        var numbers = new TurnNumbers(service.Get<RedisStore>(), TimeProvider.System);
        var spoken = await numbers.NextAsync(service.Session, default);
        var written = await service.AskAsync("Who painted the Mona Lisa?");
        Assert.Equal(spoken + 1, (long)written["turn_id"]!);
        Assert.Equal(spoken + 2, await numbers.NextAsync(service.Session, default));
    }

    [Fact]
    public async Task Redis_forgets_a_conversation_by_itself_after_its_time()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await Remembering.StartAsync(redis, ("Conversation:KeptMinutes", "5"));
        await service.Get<ConversationStore>().SaveAsync("s/tour", Turn(1), default);
        foreach (var key in new[] { "museum:talk:s/tour", "museum:talks-of:s" })
        {
            var left = await service.Get<RedisStore>().RunAsync(db => db.KeyTimeToLiveAsync(key), default);
            Assert.InRange(left!.Value.TotalMinutes, 1, 5);
        }
    }

    private static RememberedTurn Turn(int number) => new()
    {
        Turn = number,
        Asked = $"Question {number}?",
        Told = $"Answer {number}. It goes on for a while.",
        About = [$"exhibit-{number}"],
    };
}

using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Museum.Contracts.Events;
using Museum.TestKit;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests;

[Collection(CallCollection.Name)]
public sealed class AnswerTests(CallHost host)
{
    [Fact]
    public async Task An_answer_comes_as_text_then_sound_and_face_and_ends_both_streams()
    {
        host.Voice.Deed = _ => VoiceDeed.Speak;
        await using var client = await host.RegisterAsync();
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));

        Assert.Equal("Vincent van Gogh painted it. It hangs in New York. ", answer.Text);
        Assert.True(answer.IndexOf(f => f.Payload["content"]?["text"] is not null) < answer.IndexOf(f => f.Type == "AUDIO_META"));
        Assert.Equal(VoiceScript.SoundOf("Vincent van Gogh painted it."), answer.Samples(0));
        Assert.Equal(VoiceScript.SoundOf("It hangs in New York."), answer.Samples(1));
        Assert.Equal([0, 1], answer.Faces.Select(f => (int)f.Payload["sequence"]!));
        Assert.Equal(["starry-night"], answer.SourceIds);
        Assert.Equal(["What next?"], answer.Suggestions);
    }

    [Fact]
    public async Task The_performance_log_tells_every_turn_s_stages_and_no_word_of_it()
    {
        host.Voice.Deed = _ => VoiceDeed.Speak;
        await using var client = await host.RegisterAsync();
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));

        string[] lines = [];
        await Eventually.TrueAsync(() => (lines = [.. host.Logs.Lines.Where(l => l.StartsWith("Museum.Performance Information", StringComparison.Ordinal) && l.Contains($"Session={client.SessionId} ", StringComparison.Ordinal))]).Length == 2);
        Assert.All(lines, line =>
        {
            Assert.Matches(@"Outcome=complete FirstTextMs=[\d.]+ FirstSentenceMs=[\d.]+ FirstVoiceMs=[\d.]+ FirstFaceMs=[\d.]+ TotalMs=[\d.]+ ", line);
            Assert.DoesNotContain("painted", line, StringComparison.Ordinal);
        });
        Assert.NotEqual(lines[0].Split(' ').First(w => w.StartsWith("Turn=", StringComparison.Ordinal)), lines[1].Split(' ').First(w => w.StartsWith("Turn=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_scraper_finds_sessions_and_turns_among_what_every_service_owes_it()
    {
        await using var client = await host.RegisterAsync();
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        using var scraper = new HttpClient { BaseAddress = new Uri(host.HttpAddress), Timeout = Eventually.DefaultTimeout };
        await MetricsPage.CheckAsync(scraper, "active_sessions{", "museum_turns_total", "museum_turn_first_text_seconds_bucket", "museum_turn_first_audio_seconds_bucket");
    }

    [Fact]
    public async Task Text_counts_from_zero_and_ends_with_minus_one_once()
    {
        await using var client = await host.RegisterAsync();
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        var seqs = answer.Frames.Where(f => f.Payload["text_stream_seq"] is not null).Select(f => (int)f.Payload["text_stream_seq"]!);
        Assert.Equal([0, 1, 2, 3, -1], seqs);
        Assert.Equal([-1], answer.Frames.Where(f => f.Payload["voice_stream_seq"] is not null).Select(f => (int)f.Payload["voice_stream_seq"]!));
    }

    [Fact]
    public async Task A_client_without_binary_audio_gets_its_sound_as_base64_and_no_message_it_did_not_ask_for()
    {
        await using var client = await host.RegisterAsync(features: "speech_events");
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        byte[] sound = [.. answer.Frames.Select(f => (string?)f.Payload["content"]?["voice"]).OfType<string>().SelectMany(Convert.FromBase64String)];
        Assert.Equal(2 * 9600, sound.Length);
        var seqs = answer.Frames.Where(f => f.Payload["voice_stream_seq"] is not null).Select(f => (int)f.Payload["voice_stream_seq"]!).ToArray();
        Assert.Equal([.. Enumerable.Range(0, seqs.Length - 1), -1], seqs);
        Assert.Subset(new HashSet<string> { "RESPONSE", "TURN_STARTED", "TURN_ENDED" }, answer.Frames.Select(f => f.Type).ToHashSet());
    }

    [Fact]
    public async Task Sentences_are_heard_in_order_whichever_is_spoken_first()
    {
        var first = new TaskCompletionSource();
        host.Voice.Before = s => s.Sequence == 0 ? first.Task : Task.CompletedTask;
        try
        {
            await using var client = await host.RegisterAsync();
            var id = await client.AskAsync("Who painted it?");
            await Eventually.TrueAsync(() => host.Voice.Composed.Any(s => s.Session == client.SessionId && s.Sequence == 1));
            first.SetResult();
            var answer = await client.ReceiveAnswerAsync(id);
            Assert.Equal([0, 0, 0, 1, 1, 1], answer.Sounds.Select(f => (int)f.Payload["sequence"]!));
        }
        finally
        {
            host.Voice.Before = _ => Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_the_broker_delivers_twice_is_heard_once()
    {
        host.Voice.Deed = _ => VoiceDeed.SpeakTwice;
        await using var client = await host.RegisterAsync();
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        host.Voice.Deed = _ => VoiceDeed.Speak;
        Assert.Equal([0, 0, 0, 1, 1, 1], answer.Sounds.Select(f => (int)f.Payload["sequence"]!));
        Assert.Equal(2, answer.Faces.Count);
    }

    [Fact]
    public async Task At_most_two_sentences_are_composed_ahead_of_the_one_being_played()
    {
        var gate = new TaskCompletionSource();
        host.Guide.AnswerTo = _ => [.. Enumerable.Range(0, 6).Select(i => $"Sentence number {i}.")];
        host.Voice.Before = _ => gate.Task;
        try
        {
            await using var client = await host.RegisterAsync();
            var id = await client.AskAsync("Tell me more.");
            await client.ReceiveAsync("RESPONSE", p => (int?)p["text_stream_seq"] == -1);
            await Eventually.TrueAsync(() => Composed(client) == 3);
            gate.SetResult();
            var answer = await client.ReceiveAnswerAsync(id);
            Assert.Equal(6, Composed(client));
            Assert.Equal(18, answer.Sounds.Count);
        }
        finally
        {
            host.Voice.Before = _ => Task.CompletedTask;
            host.Guide.AnswerTo = new GuideScript().AnswerTo;
        }
    }

    [Fact]
    public async Task Each_sentence_says_when_it_is_needed_and_until_when_it_is_waited_for()
    {
        var gate = new TaskCompletionSource();
        host.Guide.AnswerTo = _ => ["Vincent van Gogh painted it.", "It hangs in New York.", "Its sky is blue."];
        host.Voice.Before = _ => gate.Task;
        try
        {
            await using var client = await host.RegisterAsync();
            var id = await client.AskAsync("Who painted it?");
            await Eventually.TrueAsync(() => Composed(client) == 3);
            SentenceComposed[] inOrder = [.. host.Voice.Composed.Where(s => s.Session == client.SessionId).OrderBy(s => s.Sequence)];
            // Nothing of them has sounded yet: 23 and 16 letters are to be said first, at no less than 50 ms each.
            Assert.InRange(inOrder[1].NeededBy - inOrder[0].NeededBy, 23 * 50, long.MaxValue);
            Assert.InRange(inOrder[2].NeededBy - inOrder[0].NeededBy, (23 + 16) * 50, long.MaxValue);
            Assert.All(inOrder, s => Assert.Equal(8_000, s.GivenUpAt - s.NeededBy));
            gate.SetResult();
            await client.ReceiveAnswerAsync(id);
        }
        finally
        {
            host.Voice.Before = _ => Task.CompletedTask;
            host.Guide.AnswerTo = new GuideScript().AnswerTo;
        }
    }

    [Fact]
    public async Task A_sentence_that_fails_leaves_its_text_and_the_answer_ends()
    {
        using var readings = new MeterReadings(host.Services.GetRequiredService<IMeterFactory>(), TurnTelemetry.Name);
        host.Voice.Deed = s => s.Sequence == 0 ? VoiceDeed.Fail : VoiceDeed.Speak;
        await using var client = await host.RegisterAsync();
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        host.Voice.Deed = _ => VoiceDeed.Speak;
        Assert.Equal("Vincent van Gogh painted it. It hangs in New York. ", answer.Text);
        Assert.Contains(answer.Frames, f => (int?)f.Payload["voice_stream_seq"] == -1);
        Assert.Contains(host.Logs.Lines, l => l.Contains($"Session={client.SessionId} ", StringComparison.Ordinal) && l.Contains("Sequence=0 ", StringComparison.Ordinal) && l.Contains("Code=engine_failed", StringComparison.Ordinal));
        Assert.Equal(1, readings.Sum("museum.sentences.unvoiced", "code=engine_failed"));
    }

    [Fact]
    public async Task A_sentence_that_nobody_answers_for_is_given_up_after_its_deadline()
    {
        host.Voice.Deed = _ => VoiceDeed.Ignore;
        await using var impatient = await host.StartReplicaAsync(new KeyValuePair<string, string>("Pacing:VoicePatience", "00:00:02"));
        await using var client = await ProtocolClient.RegisterAsync(impatient.Address(), host.Tokens.Token(), "en");
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        host.Voice.Deed = _ => VoiceDeed.Speak;
        Assert.Empty(answer.Sounds);
        Assert.Contains("New York", answer.Text, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await client.ReceiveAnswerAsync(await client.AskAsync("And now?"))).Sounds.Count > 0);
    }

    [Fact]
    public async Task A_visitor_who_wants_no_voice_gets_none_and_nothing_is_composed()
    {
        await using var client = await host.RegisterAsync(voice: false);
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        Assert.Empty(answer.Sounds);
        Assert.Equal(0, Composed(client));
        Assert.Contains(answer.Frames, f => (int?)f.Payload["voice_stream_seq"] == -1);
    }

    [Fact]
    public async Task The_guide_sounds_as_the_session_wishes_and_may_change_its_mind()
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(), host.Tokens.Token());
        await client.SendAsync("REGISTER", new { platform = "WEB", require_tts = true, language = "en", voice = new { name = "rms", rate = 0.8, pitch = 1.2, volume = 0.5, quality = "high" } });
        var session = (string?)(await client.ReceiveAsync("REGISTER_ACK")).Payload["session_id"];
        await client.AskAsync("Who painted it?");
        var composed = await Eventually.GetAsync(() => Task.FromResult(host.Voice.Composed.FirstOrDefault(s => s.Session == session)));
        Assert.Equal(("rms", 0.8, 1.2, 0.5, "high"), (composed.Voice, composed.Rate, composed.Pitch, composed.Volume, composed.Quality));

        await client.SendAsync("REQUEST", new { request_id = "slower", data_type = "TEXT", content = new { text = "And now?" }, update_session = new { voice = new { rate = 0.6 } } });
        var slower = await Eventually.GetAsync(() => Task.FromResult(host.Voice.Composed.FirstOrDefault(s => s.Session == session && s.Turn > composed.Turn)));
        Assert.Equal((null, 0.6, 1, 1, null), (slower.Voice, slower.Rate, slower.Pitch, slower.Volume, slower.Quality));
        await client.SendAsync("REQUEST", new { request_id = "wrong", data_type = "TEXT", content = new { text = "And now?" }, update_session = new { voice = new { rate = 9 } } });
        var error = await client.ReceiveAsync("ERROR");
        Assert.Equal(("MALFORMED_PAYLOAD", "voice.rate is from 0.5 to 2."), ((string?)error.Payload["error_code"], (string?)error.Payload["error_msg"]));
    }

    [Fact]
    public async Task A_request_that_is_sent_twice_is_answered_once()
    {
        await using var client = await host.RegisterAsync(voice: false);
        var request = new { request_id = "twice", data_type = "TEXT", content = new { text = "Who painted it?" } };
        await client.SendAsync("REQUEST", request);
        await client.ReceiveAnswerAsync("twice");
        await client.SendAsync("REQUEST", request);
        await client.ReceiveAnswerAsync(await client.AskAsync("Another?"));
        Assert.Equal(2, host.Guide.Asked.Count(a => a.SessionId == client.SessionId));
    }

    [Fact]
    public async Task Turns_of_a_session_are_numbered_upwards_and_times_are_told()
    {
        await using var client = await host.RegisterAsync();
        var first = await client.ReceiveAnswerAsync(await client.AskAsync("One?"));
        JsonObject times = (await client.ReceiveAsync("TURN_METRICS")).Payload;
        Assert.True((double)times["first_text_ms"]! <= (double)times["first_audio_ms"]!);
        var second = await client.ReceiveAnswerAsync(await client.AskAsync("Two?"));
        Assert.True(second.TurnId > first.TurnId);
    }

    [Fact]
    public async Task A_function_is_called_at_the_client_and_its_result_returns_to_the_guide()
    {
        host.Guide.AnswerTo = _ => [GuideScript.CallFunction];
        try
        {
            await using var client = await ProtocolClient.ConnectAsync(host.Address(), host.Tokens.Token());
            await client.SendAsync("REGISTER", new { platform = "WEB", function_calling = new[] { new { name = "zoom", description = "Zooms in.", parameters = new { type = "object" } } }, features = new[] { "speech_events" } });
            var id = await client.AskAsync("Show me more.");
            var call = await client.ReceiveAsync("RESPONSE", p => p["function_call"] is not null);
            Assert.Equal(("zoom", 2), ((string?)call.Payload["function_call"]!["name"], (int)call.Payload["function_call"]!["parameters"]!["level"]!));
            await client.SendAsync("FUNCTION_RESULT", new { call_id = "c1", name = "zoom", is_success = true, result = new { shown = true } });
            Assert.Equal("""It returned {"shown":true}. """, (await client.ReceiveAnswerAsync(id)).Text);
        }
        finally
        {
            host.Guide.AnswerTo = new GuideScript().AnswerTo;
        }
    }

    private int Composed(ProtocolClient client) => host.Voice.Composed.Count(s => s.Session == client.SessionId);
}

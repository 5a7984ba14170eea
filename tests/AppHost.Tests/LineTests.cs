using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>The line from end to end: a visitor asks in writing, the guide answers in writing, aloud and with a face.</summary>
[Collection(SuiteCollection.Name)]
public sealed class LineTests(Suite suite)
{
    public static TheoryData<string, string, string> Questions => new()
    {
        { "en", "Who painted The Starry Night?", "Vincent van Gogh" },
        { "zh", "《星月夜》是谁画的？", "梵高" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_is_answered_with_text_sources_voice_and_face(string language, string question, string fact)
    {
        var answer = await suite.HearAsync(question, language);

        Assert.Contains(fact, answer.Text, StringComparison.Ordinal);
        Assert.Contains("starry-night", answer.SourceIds.Take(3));
        Assert.True(answer.IndexOf(f => f.Payload["content"]?["text"] is not null) < answer.IndexOf(f => f.Type == "AUDIO_META"), "text comes before sound");
        int[] sequences = [.. answer.Sounds.Select(f => (int)f.Payload["sequence"]!)];
        Assert.Equal(sequences.Order(), sequences);
        foreach (var sequence in sequences.Distinct())
        {
            var sentence = Sentence.Of(answer, sequence);
            sentence.IsAudible();
            sentence.IsAsLongAsItsText(language);
            sentence.HasAMouthThatStartsAndEndsWithTheSound();
        }

        Assert.Equal(answer.Frames.Where(f => f.Payload["content"]?["text"] is not null).Max(f => (int)f.Payload["sequence"]!), sequences.Max());
    }

    [Theory]
    [InlineData("en", "How much is a ticket?")]
    [InlineData("zh", "门票多少钱？")]
    public async Task What_the_texts_do_not_say_is_not_made_up(string language, string question)
    {
        await using var client = await suite.TalkAsync(language, voice: false);
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync(question));
        Assert.Empty(answer.SourceIds);
        Assert.NotEmpty(answer.Suggestions);
        Assert.Contains(language == "en" ? "won’t guess" : "不想乱猜", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_client_gets_base64_sound_and_nothing_it_did_not_ask_for()
    {
        await using var client = await ProtocolClient.RegisterAsync(suite.Socket("/ws/agent/stream"), (await suite.VisitorAsync()).Token, "en", features: "");
        // More than a second of sound; again, where a busy machine left the answer to its text.
        await Eventually.TrueAsync(
            async () =>
            {
                var id = await client.AskAsync(Suite.Short);
                var bytes = 0;
                while (await client.ReceiveAsync("RESPONSE", p => (string?)p["request_id"] == id) is { } frame && (int?)frame.Payload["voice_stream_seq"] != -1)
                {
                    bytes += Convert.FromBase64String((string?)frame.Payload["content"]?["voice"] ?? "").Length;
                }

                return bytes > 32_000;
            },
            within: Suite.Patience);
    }

    [Fact]
    public async Task An_interruption_silences_the_guide()
    {
        await using var client = await suite.TalkAsync();
        var (id, _) = await Aloud.BeginAsync(client, "Tell me about the Terracotta Army.");
        await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
        await client.ReceiveAsync("INTERRUPT_ACK");
        await Eventually.TrueAsync(
            async () =>
            {
                var next = await client.ReceiveAnswerAsync(await client.AskAsync(Suite.Short));
                Assert.All(next.Frames.Where(f => f.Type is "AUDIO_META" or "AVATAR_TRACK"), f => Assert.Equal(next.TurnId, (long)f.Payload["turn_id"]!));
                return next.Sounds.Count > 0;
            },
            within: Suite.Patience);
    }

    [Fact]
    public async Task A_follow_up_is_understood_from_the_conversation()
    {
        await using var client = await suite.TalkAsync(voice: false);
        await client.ReceiveAnswerAsync(await client.AskAsync("Who painted The Starry Night?"));
        var answer = await client.ReceiveAnswerAsync(await client.AskAsync("When was it painted?"));
        Assert.Contains("1889", answer.Text, StringComparison.Ordinal);
    }
}

using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>A capability degrades, it never disappears: what is stopped is missed and said, and comes back without anyone's help.</summary>
[Collection(SuiteCollection.Name)]
public sealed class DegradationTests(Suite suite)
{
    private const string Question = "Who painted The Starry Night?";

    /// <summary>Asks, and interrupts once there are a sound and a face: the rest of the voice takes as long as it is.</summary>
    private static async Task<(bool Sound, bool Face)> HearAsync(ProtocolClient client)
    {
        var id = await client.AskAsync(Question);
        var (sound, face, stopped) = (false, false, false);
        while (await client.ReceiveAsync() is { } frame && frame.Type != "TURN_METRICS")
        {
            sound |= frame.Type == "AUDIO_META";
            face |= frame.Type == "AVATAR_TRACK";
            if (sound && face && !stopped)
            {
                stopped = true;
                await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
            }
        }

        return (sound, face);
    }

    /// <summary>Soon: what has just come back may be late with its first voice.</summary>
    private static Task AnsweredAloudAsync(ProtocolClient client) => Eventually.TrueAsync(async () => await HearAsync(client) == (true, true), within: Suite.Patience);

    [Fact]
    public async Task Without_AudioService_the_answer_is_written_and_the_page_is_told()
    {
        await using var client = await suite.TalkAsync();
        await suite.StopAsync("audioservice");
        try
        {
            await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "away");
            var silent = await client.ReceiveAnswerAsync(await client.AskAsync(Question));
            Assert.Contains("van Gogh", silent.Text, StringComparison.Ordinal);
            Assert.Empty(silent.Sounds);
        }
        finally
        {
            await suite.StartAsync("audioservice");
        }

        await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "ok");
        await AnsweredAloudAsync(client);
    }

    [Fact]
    public async Task Without_AvatarService_the_answer_is_spoken_and_the_page_is_told()
    {
        await using var client = await suite.TalkAsync();
        await suite.StopAsync("avatarservice");
        try
        {
            await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["face"] == "away");
            await Eventually.TrueAsync(
                async () =>
                {
                    var faceless = await client.ReceiveAnswerAsync(await client.AskAsync(Suite.Short));
                    Assert.Empty(faceless.Faces);
                    return faceless.Sounds.Count > 0;
                },
                within: Suite.Patience);
        }
        finally
        {
            await suite.StartAsync("avatarservice");
        }

        await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["face"] == "ok");
        await AnsweredAloudAsync(client);
    }

    [Fact]
    public async Task Without_RabbitMQ_the_answer_is_written_and_the_voice_returns_with_it()
    {
        await using var client = await suite.TalkAsync();
        await suite.StopAsync("messaging");
        try
        {
            await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "away");
            var silent = await client.ReceiveAnswerAsync(await client.AskAsync(Question));
            Assert.Contains("van Gogh", silent.Text, StringComparison.Ordinal);
            Assert.Empty(silent.Sounds);
        }
        finally
        {
            await suite.StartAsync("messaging");
        }

        await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "ok");
        await AnsweredAloudAsync(client);
    }

    [Fact]
    public async Task Without_Redis_a_new_visitor_is_let_in_and_answered_aloud()
    {
        await suite.StopAsync("redis");
        try
        {
            await suite.CapabilityAsync("store", "away");
            await using var client = await suite.TalkAsync();
            await AnsweredAloudAsync(client);
        }
        finally
        {
            await suite.StartAsync("redis");
        }

        await suite.CapabilityAsync("store", "ok");
    }
}

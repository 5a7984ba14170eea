using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>Breaks its broker, so it has a host of its own.</summary>
public sealed class BrokerAwayTests : IAsyncLifetime
{
    private readonly CallHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Without_the_broker_the_written_answer_still_comes_and_the_voice_returns_with_it()
    {
        await using var client = await host.RegisterAsync();
        host.Broker.Stop();
        await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "away");
        var silent = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        Assert.Contains("van Gogh", silent.Text, StringComparison.Ordinal);
        Assert.Empty(silent.Sounds);

        await host.Broker.StartAsync();
        await client.ReceiveAsync("STATUS", p => (string?)p["capabilities"]!["voice"] == "ok");
        // The peers' own connection comes back in its own time: the question that finds it there is answered aloud.
        await Eventually.TrueAsync(async () => (await client.ReceiveAnswerAsync(await client.AskAsync("And now?"))).Sounds.Count > 0);
    }

    [Fact]
    public async Task With_the_broker_frozen_the_written_answer_still_comes()
    {
        await using var client = await host.RegisterAsync();
        host.Broker.Freeze();
        var silent = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
        Assert.Contains("van Gogh", silent.Text, StringComparison.Ordinal);
        Assert.Empty(silent.Sounds);

        host.Broker.Thaw();
        await Eventually.TrueAsync(async () => (await client.ReceiveAnswerAsync(await client.AskAsync("And now?"))).Sounds.Count > 0);
    }
}

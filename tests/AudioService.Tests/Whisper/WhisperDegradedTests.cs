using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Tests.Whisper;

/// <summary>RS-20: without its model, or its library, the service starts, and says on /health what is missing.</summary>
public sealed class WhisperDegradedTests(WhisperLibraryFixture whisper) : IClassFixture<WhisperLibraryFixture>
{
    [Theory]
    [InlineData(false, CapabilityState.Away)]
    [InlineData(true, CapabilityState.Degraded)]
    public async Task Without_its_model_another_hears_or_nobody_and_health_says_why(bool another, CapabilityState state)
    {
        await using var host = await whisper.HostAsync(whisper.PathOf("nowhere"), another ? new() { ["Stt:Providers:zh:1"] = "scripted-words" } : []);
        await Eventually.TrueAsync(() => host.Capabilities.Snapshot().GetValueOrDefault("hearing.zh")?.State == state);
        Assert.Contains("./museum models pull", host.Capabilities.Snapshot()["hearing.zh"].Reason, StringComparison.Ordinal);
        if (another)
        {
            Assert.Equal("scripted-words", (await host.HearAsync(1, "zh"))[^1].Provider);
        }
    }

    [Fact]
    public async Task Without_its_library_another_hears_and_health_says_what_would_help()
    {
        await using var host = await whisper.HostAsync(whisper.English(), new() { ["Stt:Whisper:Library"] = whisper.PathOf("library"), ["Stt:Providers:zh:1"] = "scripted-words" });
        await Eventually.TrueAsync(() => host.Capabilities.Snapshot().GetValueOrDefault("hearing.zh")?.State == CapabilityState.Degraded);
        Assert.Contains("./museum run builds", host.Capabilities.Snapshot()["hearing.zh"].Reason, StringComparison.Ordinal);
        Assert.Equal("scripted-words", (await host.HearAsync(1, "zh"))[^1].Provider);
    }

    [Fact]
    public async Task When_its_model_has_come_it_hears_without_a_restart()
    {
        var path = whisper.PathOf("later");
        await using var host = await whisper.HostAsync(path);
        await Eventually.TrueAsync(() => host.Capabilities.Snapshot().GetValueOrDefault("hearing.zh")?.State == CapabilityState.Away);
        File.Move(whisper.English(), path);
        await Eventually.TrueAsync(() => host.Capabilities.Snapshot()["hearing.zh"].State == CapabilityState.Ok);
        Assert.Equal("Who made the first?", (await host.HearAsync(1.5, "zh"))[^1].Text);
    }
}

using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests;

/// <summary>Runs alone: the PATH is the whole process's, and others start programs by it.</summary>
[Collection(AloneCollection.Name)]
public sealed class FestivalMissingTests
{
    [Fact]
    public async Task Where_it_is_not_installed_the_packages_are_named_and_the_ordinary_voice_speaks()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        await using var engines = new Engines(new TtsOptions { Providers = new() { ["en"] = ["scripted-tones"] }, HighQuality = new() { ["en"] = ["festival"] } });
        try
        {
            Environment.SetEnvironmentVariable("PATH", "/nowhere");
            var reason = await engines.ByName("festival").ProbeAsync(default);
            Assert.Contains("festvox-us-slt-hts", reason, StringComparison.Ordinal);
            var sound = await engines.Narrator.SpeakAsync(new Utterance("Who made it?", "en") { Quality = SpeechQuality.High }, 16_000, default).SoonAsync();
            Assert.Equal("scripted-tones", sound.Provider);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }
}

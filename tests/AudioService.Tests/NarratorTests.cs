using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Flite;
using Museum.AudioService.Scripted;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Tests;

public sealed class NarratorTests
{
    private static readonly Utterance Sentence = new("Where is the Rosetta Stone?", "en");

    private readonly SwitchedSynthesizer best = new();
    private readonly Narrators narrators;
    private readonly Narrator narrator;

    public NarratorTests()
    {
        narrators = new(SoundCaches.InMemory(), new() { ["en"] = ["switched", "scripted-tones"], ["zh"] = ["switched"] }, best, new ScriptedSynthesizer());
        narrator = narrators.Narrator;
    }

    [Fact]
    public async Task The_next_provider_speaks_when_the_best_is_away_and_the_voice_is_degraded_until_it_is_back()
    {
        await narrators.StartAsync();
        await Eventually.TrueAsync(() => narrators.Voice?.State == CapabilityState.Ok);
        best.Away = "install the Debian package x";
        Assert.Equal("scripted-tones", (await narrator.SpeakAsync(Sentence, 16_000, default).SoonAsync()).Provider);
        Assert.Equal(CapabilityState.Degraded, narrators.Voice!.State);
        Assert.Contains(best.Away, narrators.Voice.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DependencyException>(() => narrator.SpeakAsync(Sentence with { Language = "zh" }, 16_000, default).SoonAsync());

        best.Away = null;
        await Eventually.TrueAsync(() => narrators.Voice.State == CapabilityState.Ok);
        Assert.Equal("switched", (await narrator.SpeakAsync(Sentence with { Text = "Who made it?" }, 16_000, default).SoonAsync()).Provider);
        await narrators.StopAsync();
    }

    [Fact]
    public async Task A_better_voice_that_is_away_is_looked_after_like_any_other_and_degrades_nothing_but_itself()
    {
        var better = new Narrators(
            new TtsOptions { Providers = new() { ["en"] = ["scripted-tones"] }, HighQuality = new() { ["en"] = ["switched"] } }, SoundCaches.InMemory(), best, new ScriptedSynthesizer());
        var high = Sentence with { Quality = SpeechQuality.High };
        await better.StartAsync();
        await Eventually.TrueAsync(() => better.Reading("voice.en.high")?.State == CapabilityState.Ok);
        Assert.Equal("switched", (await better.Narrator.SpeakAsync(high, 16_000, default).SoonAsync()).Provider);
        Assert.Equal("scripted-tones", (await better.Narrator.SpeakAsync(Sentence, 16_000, default).SoonAsync()).Provider);

        best.Away = "install the Debian package x";
        Assert.Equal("scripted-tones", (await better.Narrator.SpeakAsync(high with { Text = "Who made it?" }, 16_000, default).SoonAsync()).Provider);
        Assert.Equal(CapabilityState.Degraded, better.Reading("voice.en.high")!.State);
        Assert.Contains(best.Away, better.Reading("voice.en.high")!.Reason, StringComparison.Ordinal);
        Assert.Equal(CapabilityState.Ok, better.Voice!.State);

        // It is not asked again before it has shown that it is back.
        best.Asked = 0;
        Assert.Equal("scripted-tones", (await better.Narrator.SpeakAsync(high with { Text = "And when?" }, 16_000, default).SoonAsync()).Provider);
        Assert.Equal(0, best.Asked);
        best.Away = null;
        await Eventually.TrueAsync(() => better.Reading("voice.en.high")!.State == CapabilityState.Ok);
        Assert.Equal("switched", (await better.Narrator.SpeakAsync(high with { Text = "Is it old?" }, 16_000, default).SoonAsync()).Provider);
        await better.StopAsync();
    }

    [Fact]
    public async Task A_sound_that_breaks_off_is_told_to_whoever_listens()
    {
        best.BreaksOff = true;
        var sound = await narrator.SpeakAsync(Sentence, 16_000, default).SoonAsync();
        await sound.Ended.SoonAsync();
        await Assert.ThrowsAsync<DependencyException>(() => Heard.AllAsync(sound.ReadAsync(default)).SoonAsync());
    }

    [Theory]
    [InlineData("Tts:Providers:en:0", "parrot", "Tts:Providers")]
    [InlineData("Tts:Flite:Voice", "nobody", "Tts:Flite:Voice")]
    [InlineData("Pools:flite:Max", "0", "Pools:flite:Max")]
    [InlineData("Pools:espeak-ng:Min", "3", "Pools:espeak-ng: Min")]
    public async Task A_setting_that_makes_no_sense_stops_the_service_at_its_start_and_is_named(string key, string value, string named)
    {
        await using var app = AudioHost.Builder(new() { ["Tts:Providers:zh:0"] = "espeak-ng", [key] = value }).AddAudioService().Build();
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync().SoonAsync());
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_is_named() => Assert.Equal("libflite_cmu_us_nobody.so.1", FliteLibrary.Missing("rms", "nobody"));

    /// <summary>A synthesizer that can be taken away and given back.</summary>
    private sealed class SwitchedSynthesizer : ISpeechSynthesizer
    {
        private readonly ScriptedSynthesizer tones = new();

        public string? Away { get; set; }

        public bool BreaksOff { get; set; }

        public int Asked { get; set; }

        public string Name => "switched";

        public IReadOnlyList<Voice> Voices => [];

        public bool Speaks(string language) => true;

        public string Voicing(Utterance utterance) => "";

        public ValueTask<string?> ProbeAsync(CancellationToken ct) => ValueTask.FromResult(Away);

        public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
        {
            Asked++;
            if (Away is not null)
            {
                throw new DependencyException("switched_off", Away);
            }

            await foreach (var piece in tones.SynthesizeAsync(utterance, ct))
            {
                yield return piece;
                if (BreaksOff)
                {
                    throw new DependencyException("broken", "It broke.");
                }
            }
        }
    }
}

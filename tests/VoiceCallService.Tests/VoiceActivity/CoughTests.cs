using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Museum.Benchmarks.Call.Sound;
using Museum.TestKit;
using Museum.VoiceCallService.Tests.BargeIn;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Tests.VoiceActivity;

/// <summary>Coughs and speech through the real model: what of each it takes for speech, and how surely.</summary>
public sealed class CoughTests : IDisposable
{
    private const int Rate = 16_000;

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VoiceActivityEngine engine;

    public CoughTests() =>
        engine = new VoiceActivityEngine(Path.Combine(AppContext.BaseDirectory, "models/silero_vad_v5.onnx"), services.GetRequiredService<IMeterFactory>());

    public static TheoryData<int> Coughs => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Coughs))]
    public async Task Of_a_cough_less_is_surely_speech_than_an_interruption_takes_even_after_somebody_has_spoken(int seed)
    {
        foreach (var before in new short[][] { [], Spoken("Who painted the Mona Lisa?", "awb") })
        {
            var (_, certain) = await LongestAsync(before, SyntheticCough.Of(seed));
            Assert.InRange(certain, 0, 300);
        }
    }

    [Theory]
    [InlineData("Stop.")]
    [InlineData("Who made it?")]
    [InlineData("Wait, who painted the Mona Lisa?")]
    [InlineData("Excuse me, where was this found?")]
    public async Task Of_speech_most_is(string text)
    {
        foreach (var voice in new[] { "awb", "slt", "rms" })
        {
            var (voiced, certain) = await LongestAsync([], Spoken(text, voice));
            Assert.InRange(certain, 0.5 * voiced, voiced);
        }
    }

    [Fact]
    public async Task So_is_of_recorded_speech()
    {
        var (voiced, certain) = await LongestAsync([], MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync("/usr/share/pocketsphinx/test/data/goforward.raw")).ToArray());
        Assert.InRange(certain, 0.65 * voiced, voiced);
    }

    public void Dispose()
    {
        engine.Dispose();
        services.Dispose();
    }

    /// <returns>Of the longest of the utterances that are heard in the sound, in milliseconds.</returns>
    private async Task<(double Voiced, double Certain)> LongestAsync(short[] first, short[] sound)
    {
        var ear = new CallEar(engine, new VoiceActivityOptions());
        var longest = (Voiced: 0.0, Certain: 0.0);
        await HearAsync([.. Room(1), .. first, .. Room(2.5)], _ => { });
        await HearAsync([.. sound, .. Room(1)], Note);
        return longest;

        void Note(SpeechEvent change)
        {
            if (change.Change is SpeechChange.FalseAlarm or SpeechChange.Ended && ear.Voiced.TotalMilliseconds > longest.Voiced)
            {
                longest = (ear.Voiced.TotalMilliseconds, ear.Certain.TotalMilliseconds);
            }
        }

        async Task HearAsync(short[] heard, Action<SpeechEvent> changed)
        {
            foreach (var part in heard.Chunk(640))
            {
                await ear.HearAsync(part, changed, default).AsTask().SoonAsync();
            }
        }
    }

    private static short[] Spoken(string text, string voice) => [.. FliteSpeech.Say(text, voice).Select(s => (short)(s * short.MaxValue))];

    /// <summary>A quiet room, -60 dBFS.</summary>
    private static short[] Room(double seconds)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (short)random.Next(-50, 51))];
    }
}

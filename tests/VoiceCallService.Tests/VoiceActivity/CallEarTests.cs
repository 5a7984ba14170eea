using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Telemetry;
using Museum.TestKit;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Tests.VoiceActivity;

/// <summary>Real speech and noise through the real model.</summary>
public sealed class CallEarTests : IDisposable
{
    private const int Rate = 16_000;

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VoiceActivityEngine engine;

    public CallEarTests() =>
        engine = new VoiceActivityEngine(Path.Combine(AppContext.BaseDirectory, "models/silero_vad_v5.onnx"), services.GetRequiredService<IMeterFactory>());

    [Theory]
    [InlineData("test/data/goforward.raw", 0)]
    [InlineData("test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav", 44)]
    [InlineData("test/data/cards/001.wav", 44)]
    public async Task Recorded_speech_is_one_utterance_from_its_first_syllable_to_its_last(string file, int header)
    {
        var speech = Read(file, header);
        var events = await HearAsync([.. Room(1), .. speech, .. Room(2)]);
        Assert.Contains(events, e => e.Change == SpeechChange.Confirmed);
        var onset = events.First(e => e.Change == SpeechChange.Onset).AtSample / (double)Rate;
        var ended = events.Last(e => e.Change == SpeechChange.Ended).AtSample / (double)Rate;
        var (from, until) = Loud(speech);
        Assert.InRange(onset, 0.3, 1 + from);
        Assert.InRange(ended, 1 + until, 1 + until + 1);
    }

    [Fact]
    public async Task It_does_not_matter_in_what_pieces_the_sound_comes()
    {
        short[] sound = [.. Room(1), .. Read("test/data/goforward.raw", 0), .. Room(1)];
        var whole = await HearAsync(sound);
        Assert.Equal(whole, await HearAsync(sound, 320));
        Assert.Equal(whole, await HearAsync(sound, 1_601));
    }

    [Fact]
    public async Task Noise_clicks_and_hum_are_nobody_speaking()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(0, 10 * Rate).Select(_ => (short)(random.NextDouble() * 2_000)).ToArray();
        var hum = Enumerable.Range(0, 5 * Rate).Select(i => (short)(6_000 * Math.Sin(2 * Math.PI * 50 * i / Rate))).ToArray();
        var clicks = Room(5);
        for (var i = Rate / 2; i < clicks.Length; i += Rate / 2)
        {
            (clicks[i], clicks[i + 1], clicks[i + 2]) = (30_000, -30_000, 20_000);
        }

        Assert.DoesNotContain(await HearAsync([.. noise, .. hum, .. clicks]), e => e.Change == SpeechChange.Confirmed);
    }

    [Fact]
    public async Task A_quiet_microphone_with_direct_current_is_heard_too()
    {
        var quiet = Read("test/data/goforward.raw", 0).Select(s => (short)((s / 12) + 3_000));
        Assert.Contains(await HearAsync([.. Room(1).Select(s => (short)(s + 3_000)), .. quiet]), e => e.Change == SpeechChange.Confirmed);
    }

    [Fact]
    public async Task Many_calls_at_once_hear_what_each_hears_alone()
    {
        short[][] calls = [.. Enumerable.Range(0, 12).Select(i => (short[])[.. Room(1 + (i * 0.1)), .. Read("test/data/goforward.raw", 0), .. Room(1)])];
        var together = await Task.WhenAll(calls.Select(c => Task.Run(() => HearAsync(c)))).SoonAsync();
        foreach (var (call, seen) in calls.Zip(together))
        {
            Assert.Equal(await HearAsync(call), seen);
        }
    }

    [Fact]
    public async Task After_somebody_has_spoken_the_room_is_as_little_judged_as_before()
    {
        using var readings = new MeterReadings(services.GetRequiredService<IMeterFactory>(), "Museum.VoiceActivity");
        short[] question = [.. Room(1), .. Read("test/data/goforward.raw", 0), .. Room(1)];
        await HearAsync(question);
        var judged = readings.Values("museum.vad.window").Length;
        // The guard makes a quiet microphone 20 dB louder within the next seconds, and its room with it.
        await HearAsync([.. question, .. Room(16)]);
        Assert.InRange(readings.Values("museum.vad.window").Length - judged, judged, judged + 20);
    }

    [Fact]
    public async Task Every_judged_window_counts_as_an_inference_of_the_model()
    {
        var seen = new ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, asking) =>
            {
                if (instrument.Meter.Name == InferenceDuration.MeterName)
                {
                    asking.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags.Contains(new("task", InferenceDuration.Vad)) && tags.Contains(new("model", "silero")))
            {
                seen.Enqueue(seconds);
            }
        });
        listener.Start();
        await HearAsync(Read("test/data/goforward.raw", 0));
        Assert.All(seen, seconds => Assert.InRange(seconds, 0, 10));
        Assert.NotEmpty(seen);
    }

    [Fact]
    public async Task How_late_windows_are_judged_is_measured_and_told_once()
    {
        using var readings = new MeterReadings(services.GetRequiredService<IMeterFactory>(), "Museum.VoiceActivity");
        await HearAsync(Read("test/data/goforward.raw", 0));
        var late = readings.Values("museum.vad.lateness");
        Assert.NotEmpty(late);
        Assert.Equal(late.Max(), engine.TakeWorstLateness().TotalSeconds, 1e-6);
        Assert.Equal(TimeSpan.Zero, engine.TakeWorstLateness());
    }

    [Fact]
    public void A_model_that_is_not_there_is_told()
    {
        var error = Assert.ThrowsAny<Exception>(() => new VoiceActivityEngine("/nowhere/silero.onnx", services.GetRequiredService<IMeterFactory>()));
        Assert.Contains("/nowhere/silero.onnx", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        engine.Dispose();
        services.Dispose();
    }

    private async Task<List<SpeechEvent>> HearAsync(short[] sound, int piece = 640)
    {
        var ear = new CallEar(engine, new VoiceActivityOptions());
        var events = new List<SpeechEvent>();
        foreach (var part in sound.Chunk(piece))
        {
            await ear.HearAsync(part, events.Add, default).AsTask().SoonAsync();
        }

        return events;
    }

    private static short[] Read(string file, int header) =>
        MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(Path.Combine("/usr/share/pocketsphinx", file)).AsSpan(header)).ToArray();

    /// <summary>A quiet room, -60 dBFS.</summary>
    private static short[] Room(double seconds)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (short)random.Next(-50, 51))];
    }

    /// <summary>Seconds of the first and the last 10 ms that are within 25 dB of the loudest.</summary>
    private static (double From, double Until) Loud(short[] speech)
    {
        var levels = speech.Chunk(Rate / 100).Select(c => c.Average(s => (double)s * s)).ToArray();
        var loud = levels.Max() / 316;
        return (Array.FindIndex(levels, l => l > loud) / 100.0, (Array.FindLastIndex(levels, l => l > loud) + 1) / 100.0);
    }
}

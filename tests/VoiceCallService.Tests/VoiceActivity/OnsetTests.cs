using Microsoft.Extensions.DependencyInjection;
using Museum.VoiceCallService.Tests.BargeIn;
using Museum.VoiceCallService.VoiceActivity;

namespace Museum.VoiceCallService.Tests.VoiceActivity;

/// <summary>How soon the real model notices real speech, in samples: an interruption is as late as that.</summary>
public sealed class OnsetTests : IDisposable
{
    private const int Rate = 16_000;
    private const int Pause = 3 * Rate;

    /// <summary>A quiet room: −66 dB of full scale.</summary>
    private const double RoomRms = 16;

    /// <summary>Nobody hears what is softer than −47 dB.</summary>
    private const float Audible = 0.0045f;

    private static readonly string[] Voices = ["awb", "slt", "rms"];

    private static readonly string[] Sentences =
    [
        "Wait, who painted the girl?", "Stop please.", "Who made this?", "What about the bell?", "How old is it?", "When was the house built?",
        "Actually, tell me about the bronze age.", "Hold on, where is it now?", "Excuse me, was it stolen?", "And what is behind it?",
        "No, the other one.", "Let me ask something else.", "Many people say it is fake.", "Yellow is my favourite.",
    ];

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly VoiceActivityEngine engine;

    public OnsetTests() =>
        engine = new VoiceActivityEngine(Path.Combine(AppContext.BaseDirectory, "models/silero_vad_v5.onnx"), services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    public void Dispose()
    {
        engine.Dispose();
        services.Dispose();
    }

    /// <summary>A model that was left to hear the room between two sentences took 200 ms and more for every tenth of the next.</summary>
    [Fact]
    public async Task Who_speaks_again_after_a_silence_is_noticed_within_a_tenth_of_a_second()
    {
        var (sound, starts) = Conversation();
        var onsets = new List<long>();
        var ear = new CallEar(engine, new VoiceActivityOptions { PreRoll = TimeSpan.Zero });
        foreach (var frame in sound.Chunk(640))
        {
            await ear.HearAsync(frame, e => onsets.AddRange(e.Change == SpeechChange.Onset ? [e.AtSample + SileroModel.WindowSamples] : []), default);
        }

        var noticed = starts.Count(start => onsets.Exists(onset => onset > start - (Rate / 2) && onset - start <= Rate / 10));
        Assert.InRange(noticed, 0.95 * starts.Count, starts.Count);
    }

    /// <returns>Every sentence by every voice, three seconds apart; where each begins to be audible.</returns>
    private static (short[] Sound, List<int> Starts) Conversation()
    {
        var said = Voices.SelectMany(voice => Sentences.Select(text => FliteSpeech.Say(text, voice))).ToArray();
        var room = Room.Pink(Pause + said.Sum(s => s.Length + Pause), new Random(5));
        var gain = RoomRms / short.MaxValue / Math.Sqrt(room.Average(n => (double)n * n));
        var sound = room.Select(n => (float)(n * gain)).ToArray();
        var (starts, at) = (new List<int>(), Pause);
        foreach (var speech in said)
        {
            starts.Add(at + Array.FindIndex(speech, s => Math.Abs(s) > Audible));
            for (var i = 0; i < speech.Length; i++)
            {
                sound[at + i] += speech[i];
            }

            at += speech.Length + Pause;
        }

        return (EchoScene.Pcm(sound), starts);
    }
}

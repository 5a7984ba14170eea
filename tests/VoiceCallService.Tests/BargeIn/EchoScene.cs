using System.Runtime.InteropServices;
using Museum.VoiceCallService.BargeIn;

namespace Museum.VoiceCallService.Tests.BargeIn;

/// <summary>
/// A guide that plays, a loudspeaker (300 Hz to 6 kHz), a room (reverberation of 0.2 to 0.7 s, the direct sound -2 to 10 dB above it), a
/// delay of up to 800 ms, an attenuation of 6 to 26 dB, and a microphone. Of a seed, always the same.
/// </summary>
internal sealed class EchoScene
{
    public const int Rate = 16_000;

    private static readonly string[] GuideVoices = ["slt", "rms", "awb"];
    private static readonly string[] VisitorVoices = ["awb", "kal16", "rms", "slt"];

    private static readonly float[][] Guides =
        [.. new[]
        {
            "American Gothic began with a little house that Wood saw in the town of Eldon, Iowa. The painting is called American Gothic because of the pointed window of that house.",
            "Vincent van Gogh painted The Starry Night in June of eighteen eighty nine, looking out of the east window of his asylum room, just before sunrise, with an ideal village added below.",
            "The mechanism was raised from the sea by sponge divers, and for half a century nobody could tell what its corroded wheels had been made for: to foretell the eclipses of the moon.",
        }.SelectMany(text => GuideVoices.Select(voice => FliteSpeech.Say(text, voice)))];

    private static readonly float[][] Visitors =
        [.. new[] { "Where is the Antikythera Mechanism today?", "Excuse me, who was the husband of Queen Nefertiti?", "Stop, tell me about the girl with the pearl earring instead.", "Wait a moment, when was it made?" }
            .SelectMany(text => VisitorVoices.Select(voice => FliteSpeech.Say(text, voice)))];

    private readonly Random random;
    private readonly float[] echo;
    private readonly float[] guide;
    private readonly int from;
    private readonly int delay;

    public EchoScene(int seed)
    {
        random = new Random(seed);
        guide = Guides[random.Next(Guides.Length)];
        delay = random.Next((int)(0.8 * Rate));
        do
        {
            from = random.Next(Rate, guide.Length - Rate);
        }
        while (Loudness(guide.AsSpan(from, Rate)) < 0.5 * Loudness(guide));

        // A second before is more than any of the rooms rings for.
        echo = Room.Echo(guide[(from - Rate)..(from + Rate)], Between(0.2, 0.7), Between(-2, 10), random)[Rate..(2 * Rate)];
        Scale(echo, Loudness(guide.AsSpan(from, Rate)) / Loudness(echo) * Math.Pow(10, -Between(6, 26) / 20));
    }

    /// <summary>The microphone's newest sound while only the guide speaks.</summary>
    public float[] Echo(double seconds) => echo[(Rate - (int)(seconds * Rate))..];

    /// <summary>As many dB below the echo.</summary>
    public void AddHall(float[] microphone, double decibels)
    {
        var noise = Room.Pink(microphone.Length, random);
        Add(microphone, noise, Loudness(echo) / Loudness(noise) * Math.Pow(10, -decibels / 20));
    }

    /// <summary>A visitor, 0 to 12 dB louder than the microphone's sound so far.</summary>
    public void AddVisitor(float[] microphone)
    {
        var visitor = Visitors[random.Next(Visitors.Length)].AsSpan(0, microphone.Length);
        Add(microphone, visitor, Loudness(microphone) / Loudness(visitor) * Math.Pow(10, Between(0, 12) / 20));
    }

    /// <summary>Plays the guide so that the microphone's last sample comes at a moment, its echo after the delay.</summary>
    /// <param name="reference">To be told.</param>
    /// <param name="moment">In the timestamps of <see cref="TimeProvider.System"/>.</param>
    /// <param name="rate">In what the voice is synthesized, in Hz: flite 16 kHz, espeak-ng 22,050 Hz.</param>
    public void Play(EchoReference reference, long moment, int rate = Rate)
    {
        var started = -(from + Rate + delay) / (double)Rate;
        var pcm = Pcm([.. Enumerable.Range(0, (int)((long)guide.Length * rate / Rate)).Select(i => At(guide, (double)i * Rate / rate))]);
        foreach (var (chunk, i) in pcm.Chunk(rate / 25).Select((c, i) => (c, i)))
        {
            reference.Played(MemoryMarshal.AsBytes(chunk.AsSpan()), rate, moment + (long)((started + (i / 25.0)) * TimeProvider.System.TimestampFrequency));
            // What sounds later has not been sent yet.
            if (started + (i / 25.0) > 0.3)
            {
                break;
            }
        }
    }

    public static short[] Pcm(float[] samples) => [.. samples.Select(s => (short)Math.Clamp(s * 32767, short.MinValue, short.MaxValue))];

    private static float At(float[] samples, double at) =>
        samples[(int)at] + ((float)(at - (int)at) * (samples[Math.Min(samples.Length - 1, (int)at + 1)] - samples[(int)at]));

    private double Between(double least, double most) => least + (random.NextDouble() * (most - least));

    private static double Loudness(ReadOnlySpan<float> samples)
    {
        var energy = 1e-20;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return Math.Sqrt(energy / samples.Length);
    }

    private static void Scale(float[] samples, double gain) => Array.ForEach([.. Enumerable.Range(0, samples.Length)], i => samples[i] *= (float)gain);

    private static void Add(float[] microphone, ReadOnlySpan<float> other, double gain)
    {
        for (var i = 0; i < microphone.Length; i++)
        {
            microphone[i] += (float)gain * other[i];
        }
    }
}

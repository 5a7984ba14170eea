using System.Runtime.InteropServices;
using Museum.TestKit;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Hearing;
using Museum.VoiceCallService.Tests.BargeIn;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>The guide speaks from the first second on, a visitor some time later, before a microphone in a quiet room; 4 s. Of a seed, always the same.</summary>
internal sealed class TwoVoices : IDisposable
{
    public const int Rate = 16_000;

    private const int Frame = Rate / 50;
    private const int Length = 4 * Rate;

    // Sound is sent so much before it sounds.
    private const int Ahead = Rate * 3 / 10;

    private static readonly string[] Speakers = ["slt", "rms", "awb", "kal16"];

    private static readonly float[][] Guides =
        [.. Speakers[..3].Select(voice => FliteSpeech.Say("In the year nineteen seventy four farmers who dug a well near Xian found the first of more than eight thousand soldiers of clay.", voice))];

    private static readonly float[][] Visitors =
        [.. new[] { "Who painted the Mona Lisa?", "Wait a moment, when was it made?" }.SelectMany(text => Speakers.Select(voice => FliteSpeech.Say(text, voice)))];

    private readonly ManualTime time = new();
    private readonly EchoWatch watch;
    private readonly UtteranceBeginning beginning;
    private readonly short[] played = new short[Length + Ahead];

    /// <param name="seed">Which voices, and which room.</param>
    /// <param name="visitorAfter">So many seconds after the guide; infinite: nobody else speaks.</param>
    /// <param name="echo">The microphone hears the guide.</param>
    public TwoVoices(int seed, double visitorAfter, bool echo)
    {
        var random = new Random(seed);
        watch = new EchoWatch(time);
        beginning = new UtteranceBeginning(watch, CancellationToken.None);
        Utterance = new CallUtterance(0, CancellationToken.None);
        var guide = Guides[seed % Guides.Length];
        Mix(played, guide, GuideAt, 1);
        var microphone = Room.Pink(Length, random).Select(s => s * 0.002f).ToArray();
        if (echo)
        {
            var heard = Room.Echo(guide[..(Length - GuideAt)], 0.2 + (0.5 * random.NextDouble()), 12 * random.NextDouble() - 2, random);
            EchoAt = GuideAt + random.Next(Rate / 20, Rate / 5);
            Mix(microphone, heard, EchoAt, 0.3f / Loudest(heard));
        }

        VisitorAt = double.IsFinite(visitorAfter) ? GuideAt + (int)(visitorAfter * Rate) : Length;
        var visitor = Visitors[seed % Visitors.Length];
        Mix(microphone, visitor, VisitorAt, (0.35f + (0.4f * (float)random.NextDouble())) / Loudest(visitor));
        Microphone = EchoScene.Pcm(microphone);
    }

    public static int GuideAt => Rate;

    public int EchoAt { get; }

    public int VisitorAt { get; }

    public short[] Microphone { get; }

    /// <summary>That is followed at the end.</summary>
    public CallUtterance Utterance { get; private set; }

    /// <param name="from">The first sample of the first voice that the microphone hears; noticed 60 ms later.</param>
    /// <returns>It was taken for an echo at some time.</returns>
    public bool Hear(int from)
    {
        var (wasEcho, noticed) = (false, from + (3 * Frame));
        for (var at = 0; at + Frame <= Length; at += Frame)
        {
            watch.Played(new SoundPiece(MemoryMarshal.AsBytes(played.AsSpan(at + Ahead, Frame)).ToArray(), Rate, 0, Last: false), time.GetTimestamp() + (Ahead * time.TimestampFrequency / Rate));
            time.Advance(TimeSpan.FromMilliseconds(20));
            beginning.Add(Microphone.AsSpan(at, Frame));
            if (at < noticed)
            {
                watch.Nobody(TimeSpan.FromMilliseconds(20));
                continue;
            }

            if (at < noticed + Frame)
            {
                Follow(beginning.Begin(from - (Rate * 3 / 10)));
            }
            else
            {
                Utterance.Audio.Append(Microphone.AsSpan(at, Frame));
            }

            Follow(beginning.Examine(Utterance, TimeSpan.FromSeconds((at - from) / (double)Rate), TimeSpan.Zero));
            wasEcho |= Utterance.IsEcho;
        }

        return wasEcho;
    }

    /// <summary>What the recogniser hears.</summary>
    public async Task<short[]> HeardAsync()
    {
        Utterance.Audio.End();
        var all = new List<short>();
        while (await Utterance.Audio.ReadAsync(all.Count, 1, CancellationToken.None) is { Length: > 0 } bytes)
        {
            all.AddRange(MemoryMarshal.Cast<byte, short>(bytes.AsSpan()));
        }

        return [.. all];
    }

    public void Dispose() => Utterance.Dispose();

    private void Follow(CallUtterance utterance)
    {
        if (utterance != Utterance)
        {
            Utterance.Dispose();
            Utterance = utterance;
        }
    }

    private static float Loudest(float[] sound) => sound.Max(Math.Abs);

    private static void Mix(float[] into, float[] sound, int at, float gain)
    {
        for (var i = 0; i < sound.Length && at + i < into.Length; i++)
        {
            into[at + i] += sound[i] * gain;
        }
    }

    private static void Mix(short[] into, float[] sound, int at, float gain)
    {
        for (var i = 0; i < sound.Length && at + i < into.Length; i++)
        {
            into[at + i] = (short)(sound[i] * gain * short.MaxValue);
        }
    }
}

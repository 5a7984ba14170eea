using Museum.Benchmarks.Call.Sound;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>A call's microphone: the room it stands in, what is said into it, what the loudspeaker gives back. Read on its own clock, frame after frame.</summary>
internal sealed class Microphone(Hall hall, int offset)
{
    private readonly Lock adding = new();
    private readonly List<Utterance> utterances = [];
    private readonly double[] mixed = new double[Pcm.FrameSamples];

    /// <summary>Samples that were recorded.</summary>
    public long Position { get; private set; }

    /// <summary>Null: the browser takes the echo out.</summary>
    public Echo? Echo { get; set; }

    /// <summary>Says it from the next frame on.</summary>
    public Utterance Say(short[] pcm)
    {
        lock (adding)
        {
            var utterance = new Utterance(pcm, Position);
            utterances.Add(utterance);
            return utterance;
        }
    }

    /// <param name="loudspeaker">What the loudspeaker plays at the same time.</param>
    /// <param name="frame">Where the frame goes.</param>
    public void Read(ReadOnlySpan<short> loudspeaker, Span<short> frame)
    {
        lock (adding)
        {
            for (var i = 0; i < mixed.Length; i++)
            {
                mixed[i] = hall.At(Position + offset + i);
            }

            Echo?.Add(loudspeaker, mixed);
            utterances.ForEach(u => u.AddTo(mixed, Position));
            for (var i = 0; i < mixed.Length; i++)
            {
                frame[i] = (short)Math.Clamp(mixed[i], short.MinValue, short.MaxValue);
            }

            Position += frame.Length;
        }
    }

    /// <summary>What was recorded up to <paramref name="position"/> has left for the server.</summary>
    public void Sent(long position, long at)
    {
        lock (adding)
        {
            utterances.ForEach(u => u.Sent(position, at));
            utterances.RemoveAll(u => u.IsSent);
        }
    }
}

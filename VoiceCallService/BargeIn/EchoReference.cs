using System.Buffers.Binary;

namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// What a call's loudspeaker plays and has played: the newest four seconds at 8 kHz, each sample at the time when it is due to sound. Sound
/// is sent ahead of its playback, so some of it lies in the future; with <c>Pacing:Lead</c> above 2 s the past becomes too short.
/// One thread may write and another read.
/// </summary>
/// <param name="time">Whose timestamps are given.</param>
internal sealed class EchoReference(TimeProvider time)
{
    // 64 KB a call: 4 s, of which an echo needs 1 s of microphone and 0.8 s of delay.
    private const int Kept = 4 * EchoSpectra.SampleRate;

    // Chunks follow one another; the clock that they were timed by does not hit every sample.
    private const int Jitter = EchoSpectra.SampleRate / 50;

    // −40 dB of full scale.
    private const int Loud = 328;

    private readonly Lock gate = new();
    private readonly short[] ring = new short[Kept];
    private short[] unsounded = [];
    private HalfRate half;
    private float previous;
    private float waiting = float.NaN;
    private double phase;
    private long next;
    private long oldest;

    /// <param name="pcm16">Mono, little-endian.</param>
    /// <param name="sampleRate">Of any voice, in Hz.</param>
    /// <param name="timestamp">When its first sample is due to sound.</param>
    public void Played(ReadOnlySpan<byte> pcm16, int sampleRate, long timestamp)
    {
        lock (gate)
        {
            MoveTo(SampleAt(timestamp));
            var step = sampleRate / (2.0 * EchoSpectra.SampleRate);
            for (; pcm16.Length >= 2; pcm16 = pcm16[2..])
            {
                var sample = (float)BinaryPrimitives.ReadInt16LittleEndian(pcm16);
                for (; phase < 1; phase += step)
                {
                    Write(previous + ((float)phase * (sample - previous)));
                }

                (phase, previous) = (phase - 1, sample);
            }
        }
    }

    /// <summary>The voice was paused or cut: nothing of it sounds from then on. What has sounded stays, since its echo is still to come.</summary>
    public void Stopped(long timestamp)
    {
        lock (gate)
        {
            var at = Math.Clamp(SampleAt(timestamp), oldest, next);
            unsounded = new short[next - at];
            for (var i = 0; i < unsounded.Length; i++)
            {
                unsounded[i] = ring[(at + i) % Kept];
            }

            next = at;
        }
    }

    /// <summary>The voice goes on: what had been sent when it was stopped sounds now.</summary>
    public void Resumed(long timestamp)
    {
        lock (gate)
        {
            MoveTo(SampleAt(timestamp));
            foreach (var sample in unsounded)
            {
                ring[next++ % Kept] = sample;
            }

            (unsounded, oldest) = ([], Math.Max(oldest, next - Kept));
        }
    }

    /// <summary>Forgets everything, as when another client takes the call over.</summary>
    public void Clear()
    {
        lock (gate)
        {
            oldest = next;
        }
    }

    /// <summary>Whether the guide's voice sounded in the 20 ms before that time; its pauses are silence.</summary>
    public bool IsLoud(long timestamp)
    {
        lock (gate)
        {
            var end = SampleAt(timestamp);
            for (var at = Math.Max(oldest, end - Jitter); at < Math.Min(end, next); at++)
            {
                if (Math.Abs((int)ring[at % Kept]) > Loud)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <returns>False: nothing sounded then.</returns>
    /// <param name="until">The time after the last sample wanted.</param>
    /// <param name="later">So many samples after that time.</param>
    /// <param name="samples">At 8 kHz; silence where nothing was played.</param>
    public bool Read(long until, int later, Span<float> samples)
    {
        lock (gate)
        {
            var start = SampleAt(until) + later - samples.Length;
            var (from, to) = (Math.Max(start, oldest), Math.Min(start + samples.Length, next));
            samples.Clear();
            for (var at = from; at < to; at++)
            {
                samples[(int)(at - start)] = ring[at % Kept];
            }

            return from < to;
        }
    }

    private void MoveTo(long at)
    {
        if (Math.Abs(at - next) <= Jitter)
        {
            return;
        }

        if (at > next && next > oldest && at - next < Kept)
        {
            for (; next < at; next++)
            {
                ring[next % Kept] = 0;
            }
        }
        else if (at > next || at < oldest)
        {
            oldest = at;
        }

        (next, oldest) = (at, Math.Max(oldest, at - Kept));
        (half, previous, waiting, phase) = (default, 0, float.NaN, 0);
    }

    private void Write(float sample)
    {
        if (float.IsNaN(waiting))
        {
            waiting = sample;
            return;
        }

        ring[next++ % Kept] = (short)Math.Clamp(half.Next(waiting, sample), short.MinValue, short.MaxValue);
        (waiting, oldest) = (float.NaN, Math.Max(oldest, next - Kept));
    }

    // In two steps: ticks times rate would not fit into 64 bits after some days.
    private long SampleAt(long timestamp)
    {
        var (seconds, rest) = Math.DivRem(timestamp, time.TimestampFrequency);
        return (seconds * EchoSpectra.SampleRate) + (rest * EchoSpectra.SampleRate / time.TimestampFrequency);
    }
}

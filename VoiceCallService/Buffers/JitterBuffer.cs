using System.Buffers;

namespace Museum.VoiceCallService.Buffers;

/// <summary>What became of a frame.</summary>
internal enum FrameFate
{
    Taken,

    /// <summary>All of it had come before.</summary>
    Duplicate,

    /// <summary>Its place has been given out, as silence.</summary>
    Late,

    /// <summary>It left more behind than the buffer holds: what was missing is given up, and sound goes on from here.</summary>
    Jump,
}

/// <summary>
/// Puts numbered frames of a microphone (<c>numbered_audio</c>) back into their order:
/// <code>
/// frame ─► its place in the ring; late and duplicate parts are left out
/// read  ◄─ what follows without a gap, at once; behind a gap only after as long as frames are late here, the gap as silence
/// </code>
/// So sound that comes in order is not delayed at all. Holds two seconds at 16 kHz in memory of the pool; nothing is allocated per frame.
/// Not thread-safe.
/// </summary>
internal sealed class JitterBuffer(TimeProvider time) : IDisposable
{
    public const int SampleRate = 16_000;

    /// <summary>2 s, to the next power of two: after a longer break nobody wants to hear what was said before it.</summary>
    public const int Capacity = 32_768;

    // Every gap needs a lost frame of its own; with so many open at once the oldest is no longer waited for.
    private const int MostIslands = 16;

    private readonly (long From, long To)[] islands = new (long, long)[MostIslands + 1];
    private readonly ArrivalJitter jitter = new(time);
    private short[]? ring;
    private int count;
    private long next = -1;
    private long gapSince;

    /// <summary>How long a gap is waited for now.</summary>
    public TimeSpan Depth => jitter.Depth;

    /// <summary>Samples that were given out, and how many of them as silence because they never came.</summary>
    public (long Given, long Lost) Samples { get; private set; }

    /// <param name="firstSample">The frame's first sample, counted from the call's beginning; 32 bits that may run over.</param>
    /// <param name="pcm">16 kHz mono; copied.</param>
    public FrameFate Add(uint firstSample, ReadOnlySpan<short> pcm)
    {
        ring ??= ArrayPool<short>.Shared.Rent(Capacity);
        var from = next < 0 ? firstSample : next + (int)(firstSample - (uint)next);
        var to = from + pcm.Length;
        next = next < 0 ? from : next;
        if (to <= next)
        {
            return FrameFate.Late;
        }

        jitter.Arrived(from);
        if (to - next > Capacity)
        {
            return Jump(from, pcm);
        }

        if (from < next)
        {
            pcm = pcm[(int)(next - from)..];
            from = next;
        }

        if (IsCovered(from, to))
        {
            return FrameFate.Duplicate;
        }

        Write(from, pcm);
        Merge(from, to);
        return FrameFate.Taken;
    }

    /// <returns>How many of <paramref name="samples"/> were filled: 0 when nothing is due.</returns>
    public int Read(Span<short> samples)
    {
        if (count == 0 || ring is null)
        {
            return 0;
        }

        if (islands[0].From > next)
        {
            return count < MostIslands && time.GetElapsedTime(gapSince) < Depth ? 0 : Fill(samples);
        }

        var length = (int)Math.Min(samples.Length, islands[0].To - next);
        for (var i = 0; i < length; i++)
        {
            samples[i] = ring[(next + i) % Capacity];
        }

        Advance(length, lost: 0);
        return length;
    }

    public void Dispose()
    {
        if (ring is { } rented)
        {
            ring = null;
            ArrayPool<short>.Shared.Return(rented);
        }
    }

    private int Fill(Span<short> samples)
    {
        var length = (int)Math.Min(samples.Length, islands[0].From - next);
        samples[..length].Clear();
        Advance(length, lost: length);
        return length;
    }

    private void Advance(int length, int lost)
    {
        next += length;
        Samples = (Samples.Given + length, Samples.Lost + lost);
        if (islands[0].To <= next)
        {
            islands.AsSpan(1, --count).CopyTo(islands);
            gapSince = time.GetTimestamp();
        }
    }

    private FrameFate Jump(long from, ReadOnlySpan<short> pcm)
    {
        pcm = pcm[Math.Max(0, pcm.Length - Capacity)..];
        Samples = (Samples.Given, Samples.Lost + Math.Max(0, from - next));
        (next, count) = (from, 1);
        islands[0] = (from, from + pcm.Length);
        Write(from, pcm);
        return FrameFate.Jump;
    }

    private void Write(long from, ReadOnlySpan<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            ring![(from + i) % Capacity] = pcm[i];
        }
    }

    private bool IsCovered(long from, long to)
    {
        foreach (var island in islands.AsSpan(0, count))
        {
            if (island.From <= from && to <= island.To)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Into the sorted islands; those that it touches become one with it.</summary>
    private void Merge(long from, long to)
    {
        var at = 0;
        while (at < count && islands[at].To < from)
        {
            at++;
        }

        var end = at;
        for (; end < count && islands[end].From <= to; end++)
        {
            (from, to) = (Math.Min(from, islands[end].From), Math.Max(to, islands[end].To));
        }

        gapSince = count == 0 ? time.GetTimestamp() : gapSince;
        islands.AsSpan(end, count - end).CopyTo(islands.AsSpan(at + 1));
        (islands[at], count) = ((from, to), count + 1 - (end - at));
        if (count > MostIslands)
        {
            GiveUpGap();
        }
    }

    /// <summary>The first between two islands becomes silence, and they one.</summary>
    private void GiveUpGap()
    {
        for (var at = islands[0].To; at < islands[1].From; at++)
        {
            ring![at % Capacity] = 0;
        }

        Samples = (Samples.Given, Samples.Lost + islands[1].From - islands[0].To);
        islands[1].From = islands[0].From;
        islands.AsSpan(1, --count).CopyTo(islands);
    }
}

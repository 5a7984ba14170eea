using System.Buffers;
using System.Runtime.InteropServices;

namespace Museum.VoiceCallService.Hearing;

/// <summary>
/// The sound of one utterance, 16 kHz mono, kept until its final transcript is there: who hears it may be gone in the middle, and the next
/// one hears it from the beginning. One writes, one reads.
/// </summary>
internal sealed class UtteranceAudio : IDisposable
{
    public const int SampleRate = 16_000;

    /// <summary>AudioService hears no longer ones: 60 s, 2 MB.</summary>
    public const int MaxSamples = 60 * SampleRate;

    private readonly Lock gate = new();
    private readonly List<short[]> seconds = [];
    private readonly SemaphoreSlim arrived = new(0, 1);
    private int length;
    private bool ended;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)length / SampleRate);

    /// <returns>False: it is as long as it may be; what is beyond is left out.</returns>
    public bool Append(ReadOnlySpan<short> samples)
    {
        lock (gate)
        {
            while (samples.Length > 0 && length < MaxSamples && !ended)
            {
                if (length == seconds.Count * SampleRate)
                {
                    seconds.Add(ArrayPool<short>.Shared.Rent(SampleRate));
                }

                var at = length % SampleRate;
                var taken = Math.Min(samples.Length, SampleRate - at);
                samples[..taken].CopyTo(seconds[^1].AsSpan(at));
                samples = samples[taken..];
                length += taken;
            }
        }

        Wake();
        return length < MaxSamples;
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
        }

        Wake();
    }

    /// <summary>Waits until there are <paramref name="wanted"/> samples from <paramref name="from"/> on, or the end has come.</summary>
    /// <returns>As many of them as are there, little endian, at most a second; empty: it ended there.</returns>
    public async ValueTask<byte[]> ReadAsync(int from, int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                var there = length - from;
                if (there >= wanted || ended)
                {
                    return Copy(from, Math.Min(there, SampleRate));
                }
            }

            await arrived.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            length = 0;
            seconds.ForEach(s => ArrayPool<short>.Shared.Return(s));
            seconds.Clear();
        }

        Wake();
    }

    private byte[] Copy(int from, int count)
    {
        if (count <= 0)
        {
            return [];
        }

        var bytes = new byte[count * sizeof(short)];
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan());
        for (var done = 0; done < count;)
        {
            var at = (from + done) % SampleRate;
            var taken = Math.Min(count - done, SampleRate - at);
            seconds[(from + done) / SampleRate].AsSpan(at, taken).CopyTo(samples[done..]);
            done += taken;
        }

        return bytes;
    }

    private void Wake()
    {
        lock (arrived)
        {
            if (arrived.CurrentCount == 0)
            {
                arrived.Release();
            }
        }
    }
}

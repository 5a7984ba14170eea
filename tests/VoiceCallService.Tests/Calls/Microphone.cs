using System.Runtime.InteropServices;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>An open microphone: recorded speech and the quiet of a room, at the pace of real time, until it is disposed of.</summary>
internal sealed class Microphone : IAsyncDisposable
{
    private const int FrameSamples = 640;

    /// <summary>0.45 s and 2.28 s: before and after them the recording is silent.</summary>
    private const int Onset = 7_200;
    private const int Offset = 36_480;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);
    private static readonly byte[] Speech = File.ReadAllBytes("/usr/share/pocketsphinx/test/data/goforward.raw");

    private readonly CancellationTokenSource off = new();
    private readonly Queue<short> coming = new();
    private readonly Random room = new(7);
    private readonly int? mark;
    private bool saysOn;
    private readonly Task sending;

    /// <param name="client">Whose.</param>
    /// <param name="mark">0 to 63: the lowest six bits of every sample, by which this microphone's sound is told from another's.</param>
    /// <param name="numbered">Every frame begins with the index of its first sample, and is sent twice.</param>
    public Microphone(ProtocolClient client, int? mark = null, bool numbered = false)
    {
        this.mark = mark;
        sending = SendAsync(client, numbered);
    }

    /// <summary>"Go forward ten meters", spoken by a man: 2.8 s, of which 1.8 s are words.</summary>
    public static ReadOnlySpan<short> GoForward => MemoryMarshal.Cast<byte, short>(Speech);

    /// <summary>Says it as soon as what was said before is out.</summary>
    /// <param name="seconds">Only so much of the words, from their beginning; 0.45 s before them is silent.</param>
    /// <param name="pauseMs">Then so much silence.</param>
    public Microphone Say(double seconds = 10, int pauseMs = 0)
    {
        lock (coming)
        {
            foreach (var sample in GoForward[..(int)Math.Min(GoForward.Length, seconds * 16_000)])
            {
                coming.Enqueue(sample);
            }

            for (var i = 0; i < pauseMs * 16; i++)
            {
                coming.Enqueue(0);
            }
        }

        return this;
    }

    /// <summary>Another sound than the recording, as soon as what was said before is out.</summary>
    public void Play(short[] sound)
    {
        lock (coming)
        {
            foreach (var sample in sound)
            {
                coming.Enqueue(sample);
            }
        }
    }

    /// <summary>Says the words again and again, without the silence around them, until <see cref="Finish"/>.</summary>
    public Microphone SayOn()
    {
        lock (coming)
        {
            saysOn = true;
        }

        return this;
    }

    /// <summary>Says what it has begun to say, and no more.</summary>
    public void Finish()
    {
        lock (coming)
        {
            saysOn = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await off.CancelAsync();
        await sending;
        off.Dispose();
    }

    private async Task SendAsync(ProtocolClient client, bool numbered)
    {
        var sent = 0u;
        using var clock = new PeriodicTimer(Frame);
        try
        {
            while (await clock.WaitForNextTickAsync(off.Token))
            {
                var frame = Next();
                if (!numbered)
                {
                    await client.SendBinaryAsync(frame);
                    continue;
                }

                byte[] withIndex = [.. BitConverter.GetBytes(sent), .. frame];
                await client.SendBinaryAsync(withIndex);
                await client.SendBinaryAsync(withIndex);
                sent += FrameSamples;
            }
        }
        catch (OperationCanceledException)
        {
            // Switched off.
        }
    }

    private byte[] Next()
    {
        var frame = new short[FrameSamples];
        lock (coming)
        {
            if (saysOn && coming.Count < FrameSamples)
            {
                foreach (var sample in GoForward[Onset..Offset])
                {
                    coming.Enqueue(sample);
                }
            }

            for (var i = 0; i < frame.Length; i++)
            {
                var sample = coming.TryDequeue(out var said) ? said : (short)room.Next(-50, 51);
                frame[i] = mark is { } own ? (short)((sample & ~63) | own) : sample;
            }
        }

        return MemoryMarshal.AsBytes(frame.AsSpan()).ToArray();
    }
}

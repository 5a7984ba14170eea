using System.Security.Cryptography;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Memory;

namespace Museum.AudioService.Sentences;

/// <summary>The sound behind the handles of SentenceSpoken, for 60 s. A handle is a secret: who knows it may listen.</summary>
internal sealed class SoundStore(TimeProvider time) : IReleasesMemory
{
    // A minute of 400 calls at a sentence every 3 s. Most say what was said before: a handle is then all that it costs.
    private const int MaxHandles = 8_192;

    // 70 minutes at 16 kHz of sounds that differ.
    private const long MaxBytes = 128L << 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);

    private readonly Lock sync = new();
    private readonly Dictionary<string, (HandedSound Handed, DateTimeOffset Until)> sounds = [];
    private readonly Queue<string> order = new();

    // How many handles each sound has: what is said again and again counts once.
    private readonly Dictionary<SentenceSound, int> handles = [];

    public string Name => "sounds_to_be_heard";

    public int Order => ReleaseOrder.IdleSessions;

    /// <param name="sound">Made, or being made.</param>
    /// <param name="volume">Of who listens by this handle: 0–2 times the house's loudness.</param>
    public string Put(SentenceSound sound, double volume = 1)
    {
        var handle = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (sync)
        {
            sounds[handle] = (new HandedSound(sound, volume), time.GetUtcNow() + KeptFor);
            order.Enqueue(handle);
            handles[sound] = handles.GetValueOrDefault(sound) + 1;
            while (IsFull || IsExpired(order.Peek()))
            {
                DropOldest();
            }
        }

        return handle;
    }

    /// <summary>Null: unknown here, or expired.</summary>
    public HandedSound? Find(string handle)
    {
        lock (sync)
        {
            return sounds.TryGetValue(handle, out var kept) && kept.Until > time.GetUtcNow() ? kept.Handed : null;
        }
    }

    /// <summary>Half of the handles, the oldest: most were listened to. The newest stays, since somebody is just about to.</summary>
    public long Release()
    {
        lock (sync)
        {
            var before = Bytes;
            for (var left = (order.Count + 1) / 2; order.Count > left;)
            {
                DropOldest();
            }

            return before - Bytes;
        }
    }

    // Some sounds still grow, so this is counted anew; at most a few thousand additions a sentence.
    private long Bytes => handles.Keys.Sum(sound => sound.Samples * sizeof(short));

    // The newest is never given up, however long it is.
    private bool IsFull => order.Count > MaxHandles || (order.Count > 1 && Bytes > MaxBytes);

    private bool IsExpired(string handle) => sounds[handle].Until <= time.GetUtcNow();

    private void DropOldest()
    {
        sounds.Remove(order.Dequeue(), out var oldest);
        if (--handles[oldest.Handed.Sound] == 0)
        {
            handles.Remove(oldest.Handed.Sound);
        }
    }
}

/// <summary>A sound, and how loud who has this handle wants it.</summary>
internal sealed record HandedSound(SentenceSound Sound, double Volume);

using System.Security.Cryptography;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Sentences;

/// <summary>The sound behind the handles of SentenceSpoken, for 60 s. A handle is a secret: who knows it may listen.</summary>
internal sealed class SoundStore(TimeProvider time)
{
    // A minute of 100 calls at a sentence every 6 s; 128 MB are 70 minutes at 16 kHz.
    private const int MaxSounds = 1_024;
    private const long MaxBytes = 128L << 20;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);

    private readonly Lock sync = new();
    private readonly Dictionary<string, (SentenceSound Sound, DateTimeOffset Until)> sounds = [];
    private readonly Queue<string> order = new();

    public string Put(SentenceSound sound)
    {
        var handle = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (sync)
        {
            sounds[handle] = (sound, time.GetUtcNow() + KeptFor);
            order.Enqueue(handle);
            while (IsFull || IsExpired(order.Peek()))
            {
                sounds.Remove(order.Dequeue());
            }
        }

        return handle;
    }

    /// <summary>Null: unknown here, or expired.</summary>
    public SentenceSound? Find(string handle)
    {
        lock (sync)
        {
            return sounds.TryGetValue(handle, out var kept) && kept.Until > time.GetUtcNow() ? kept.Sound : null;
        }
    }

    // The newest is never given up, however long it is.
    private bool IsFull => order.Count > MaxSounds || (order.Count > 1 && sounds.Values.Sum(s => s.Sound.Samples * sizeof(short)) > MaxBytes);

    private bool IsExpired(string handle) => sounds[handle].Until <= time.GetUtcNow();
}

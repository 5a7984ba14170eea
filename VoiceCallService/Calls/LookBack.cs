namespace Museum.VoiceCallService.Calls;

/// <summary>The last second of the microphone, so that no first syllable is lost and an echo can be told from speech.</summary>
internal sealed class LookBack
{
    public const int Samples = 16_000;

    private readonly short[] ring = new short[Samples];

    /// <summary>Samples since the call began.</summary>
    public long Total { get; private set; }

    public void Add(ReadOnlySpan<short> pcm)
    {
        foreach (var sample in pcm)
        {
            ring[(int)(Total++ % Samples)] = sample;
        }
    }

    /// <param name="from">Counted from the call's beginning; what is older than a second is gone.</param>
    /// <param name="into">At least a second.</param>
    /// <returns>How many there are from <paramref name="from"/> to now.</returns>
    public int Read(long from, Span<short> into)
    {
        var first = Math.Clamp(from, Math.Max(0, Total - Samples), Total);
        var count = (int)(Total - first);
        for (var i = 0; i < count; i++)
        {
            into[i] = ring[(int)((first + i) % Samples)];
        }

        return count;
    }
}

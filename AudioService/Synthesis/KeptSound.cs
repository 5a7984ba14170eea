using System.Runtime.InteropServices;
using System.Text;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Caching;

namespace Museum.AudioService.Synthesis;

/// <summary>A sentence's sound, whole: PCM16 mono, with all its times. Never changed.</summary>
internal sealed class KeptSound(string provider, int sampleRate, ReadOnlyMemory<short> pcm, IReadOnlyList<TimedWord> words, IReadOnlyList<TimedPhone> phones)
{
    // About what a record of each takes in memory.
    private const int WordBytes = 96;
    private const int PhoneBytes = 48;

    private SentenceSound? again;

    /// <summary>100 sounds of 5 s are 16 MB: the sentences of a small museum fit into memory, those of a large one into files.</summary>
    public static CacheKind<KeptSound> Kind { get; } = new("sounds")
    {
        Levels = CacheLevels.MemoryAndFiles,
        SizeOf = sound => sound.Bytes,
        Write = sound => sound.ToBytes(),
        Read = Parse,
        Defaults = options =>
        {
            options.MemoryMb = 128;
            options.FilesMb = 1_024;
            options.TimeToLive = TimeSpan.FromDays(30);
        },
    };

    public string Provider => provider;

    public int SampleRate => sampleRate;

    public ReadOnlyMemory<short> Pcm => pcm;

    public IReadOnlyList<TimedWord> Words => words;

    public IReadOnlyList<TimedPhone> Phones => phones;

    /// <summary>The same for all who ask: what is over can be read by any number.</summary>
    public SentenceSound Again => again ??= SentenceSound.Of(this);

    public long Bytes => (Pcm.Length * sizeof(short)) + (Words.Count * WordBytes) + (Phones.Count * PhoneBytes);

    private byte[] ToBytes()
    {
        using var stream = new MemoryStream((Pcm.Length * sizeof(short)) + 16_384);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Provider);
        writer.Write(SampleRate);
        writer.Write(Words.Count);
        foreach (var word in Words)
        {
            writer.Write(word.Text);
            writer.Write(word.StartSample);
            writer.Write(word.EndSample);
            writer.Write(word.TextStart);
            writer.Write(word.TextLength);
        }

        writer.Write(Phones.Count);
        foreach (var phone in Phones)
        {
            writer.Write(phone.Symbol);
            writer.Write(phone.Alphabet);
            writer.Write(phone.StartSample);
            writer.Write(phone.EndSample);
        }

        writer.Write(Pcm.Length);
        writer.Write(MemoryMarshal.AsBytes(Pcm.Span));
        writer.Flush();
        return stream.ToArray();
    }

    private static KeptSound Parse(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        var (provider, sampleRate) = (reader.ReadString(), reader.ReadInt32());
        var words = new TimedWord[reader.ReadInt32()];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = new TimedWord(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32());
        }

        var phones = new TimedPhone[reader.ReadInt32()];
        for (var i = 0; i < phones.Length; i++)
        {
            // A few dozen symbols in all: one string each, not one per phone.
            phones[i] = new TimedPhone(string.Intern(reader.ReadString()), string.Intern(reader.ReadString()), reader.ReadInt64(), reader.ReadInt64());
        }

        var pcm = new short[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(pcm.AsSpan()));
        return new KeptSound(provider, sampleRate, pcm, words, phones);
    }
}

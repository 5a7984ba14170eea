using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Encodings;

/// <summary>A recording from the network to PCM16 mono at 16 kHz, with its limits on bytes and time.</summary>
internal sealed class RecordingReader(RecordingDecoder decoder, IOptionsMonitor<SttOptions> options)
{
    private const int BufferBytes = 64 << 10;

    private int MaxSamples => (int)(options.CurrentValue.MaxDuration.TotalSeconds * Transcript.SampleRate);

    /// <summary>Any of <see cref="SoundKind.Supported"/>.</summary>
    public async Task<ReadOnlyMemory<short>> ReadAsync(Stream body, CancellationToken ct)
    {
        using var file = new MemoryFile();
        SoundKind? kind = null;
        await ForEachAsync(body, async bytes =>
        {
            kind ??= SoundKind.Of(bytes.Span);
            await file.Stream.WriteAsync(bytes, ct);
        }, ct);
        kind ??= SoundKind.Of([]);
        var pcm = new List<short>();
        await foreach (var chunk in decoder.DecodeAsync(file, kind, ct))
        {
            Add(pcm, chunk.Span);
        }

        return pcm.ToArray();
    }

    /// <summary>Samples without a header, 16 bit, mono.</summary>
    public async Task<ReadOnlyMemory<short>> ReadRawAsync(Stream body, int sampleRate, bool bigEndian, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await ForEachAsync(body, async read => await bytes.WriteAsync(read, ct), ct);
        if (bytes.Length == 0 || bytes.Length % sizeof(short) != 0)
        {
            throw bytes.Length == 0
                ? new ClientException("audio_empty", "There is no audio in the request.")
                : new ClientException("audio_unreadable", "Raw samples have two bytes each; the last one is cut in half.", 422);
        }

        var samples = new short[bytes.Length / sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = bytes.GetBuffer().AsSpan(i * sizeof(short));
            samples[i] = bigEndian ? BinaryPrimitives.ReadInt16BigEndian(at) : BinaryPrimitives.ReadInt16LittleEndian(at);
        }

        var pcm = new List<short>();
        await foreach (var chunk in new SpeechIntake(sampleRate, options.CurrentValue.MaxDuration).ReadAsync(Once(samples), ct))
        {
            Add(pcm, chunk.Span);
        }

        return pcm.ToArray();
    }

    private void Add(List<short> pcm, ReadOnlySpan<short> chunk)
    {
        pcm.AddRange(chunk);
        if (pcm.Count > MaxSamples + Transcript.SampleRate / 50)
        {
            throw new ClientException("audio_too_long", $"The audio is longer than {options.CurrentValue.MaxDuration.TotalSeconds:0} s.", 413);
        }
    }

    private async Task ForEachAsync(Stream body, Func<ReadOnlyMemory<byte>, Task> use, CancellationToken ct)
    {
        var buffer = new byte[BufferBytes];
        long total = 0;
        // The first piece whole enough to be told apart by.
        for (int read; (read = await body.ReadAtLeastAsync(buffer, 16, throwOnEndOfStream: false, ct)) > 0;)
        {
            total += read;
            if (total > options.CurrentValue.MaxBytes)
            {
                throw new ClientException("audio_too_large", $"The audio has more than {options.CurrentValue.MaxBytes} bytes.", 413);
            }

            await use(buffer.AsMemory(0, read));
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Once(short[] samples)
    {
        await Task.CompletedTask;
        yield return samples;
    }
}

using System.Buffers.Binary;
using System.Net.Http.Json;
using Museum.AppHost.Tests;

namespace Museum.E2e.Tests;

/// <summary>What visitors say, by the suite's own voice: PCM16 mono.</summary>
internal static class Speech
{
    private const int Rate = 16_000;

    public static async Task<byte[]> SayAsync(Suite suite, string text)
    {
        using var client = await suite.ClientAsync();
        using var response = await client.PostAsJsonAsync($"/api/audio/tts?format=pcm&sample_rate={Rate}", new { text, language = "en", voice = "rms" });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    public static byte[] Silence(int seconds) => new byte[seconds * Rate * sizeof(short)];

    /// <summary>As a file that browsers read: RIFF, one <c>fmt </c> chunk of 16 bytes, one <c>data</c> chunk.</summary>
    public static byte[] Wav(IReadOnlyList<byte[]> pieces)
    {
        var length = pieces.Sum(p => p.Length);
        var wav = new byte[44 + length];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), 36 + length);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), length);
        var at = 44;
        foreach (var piece in pieces)
        {
            piece.CopyTo(wav, at);
            at += piece.Length;
        }

        return wav;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Encodings;

/// <summary>
/// A service's mp3 (or other) stream in, PCM16 out, by an ffmpeg of its own, as it arrives. Start it before the first byte is there:
/// ffmpeg's own start takes 50 ms. Disposing kills it.
/// </summary>
internal sealed class FfmpegDecoder : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly Process process;

    private FfmpegDecoder(Process process)
    {
        this.process = process;
        // Its warnings would fill the pipe and stop it.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>PCM16, mono, at the asked rate. ffmpeg writes when it has decoded: read while you write.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <param name="container">ffmpeg's name of the format.</param>
    public static FfmpegDecoder Start(string container, int sampleRate)
    {
        var start = new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-nostdin",
            "-f", container,
            // The format is told, so ffmpeg need not read ahead. Not "nobuffer": it would lose what was read so far (0.3 s of mp3).
            "-probesize", "32", "-analyzeduration", "0", "-i", "pipe:0",
            "-f", "s16le", "-ar", sampleRate.ToString(CultureInfo.InvariantCulture), "-ac", "1", "-flush_packets", "1", "pipe:1",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new FfmpegDecoder(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new DependencyException("ffmpeg_missing", "ffmpeg is missing: install the Debian package ffmpeg.", e);
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> encoded, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(encoded, ct);
            await process.StandardInput.BaseStream.FlushAsync(ct);
        }
        catch (IOException e)
        {
            throw new DependencyException("decoding_failed", "ffmpeg could not decode the voice's sound.", e);
        }
    }

    /// <summary>No more comes; <see cref="Output"/> ends when the rest is decoded.</summary>
    public void Finish() => process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Deadline, CancellationToken.None);
        }

        process.Dispose();
    }
}

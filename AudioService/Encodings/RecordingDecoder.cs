using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Encodings;

/// <summary>
/// A recording in any accepted format to PCM16 mono at 16 kHz, by an ffmpeg of its own (GPL: a process, never linked), as it comes.
/// Bounded in every way: so many at once, so many seconds out, so long in all; whatever happens, the process is gone at the end.
/// </summary>
internal sealed class RecordingDecoder(ResourcePool<FfmpegPlace> places, IOptionsMonitor<SttOptions> options, TimeProvider time)
{
    // 100 ms.
    private const int ChunkSamples = Transcript.SampleRate / 10;

    /// <exception cref="ClientException">The recording is broken or has no sound.</exception>
    /// <exception cref="ResourceException"><c>decoder_busy</c>: its time ran out, and it had too little of the machine to be blamed.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> DecodeAsync(MemoryFile file, SoundKind kind, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var place = await places.RentAsync(ct);
        // Of the whole, not of each piece: one that drips would never be done.
        using var limit = new CancellationTokenSource(options.CurrentValue.DecodeTimeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        Process? process = null;
        try
        {
            process = Start(file, kind);
            long decoded = 0;
            while (true)
            {
                var chunk = new byte[ChunkSamples * sizeof(short)];
                var read = await ReadAsync(process, chunk, deadline.Token, ct);
                if (read < sizeof(short))
                {
                    break;
                }

                decoded += read;
                yield return MemoryMarshal.Cast<byte, short>(chunk.AsSpan(0, read & ~1)).ToArray();
            }

            // A recording that ends in the middle was still heard to there; one that never began is broken.
            if (decoded == 0)
            {
                throw new ClientException("audio_unreadable", $"The audio begins like {kind.Name}, but it is broken or has no sound in it.", 422);
            }
        }
        finally
        {
            if (process is not null)
            {
                await EndAsync(process);
            }
        }
    }

    private Process Start(MemoryFile file, SoundKind kind)
    {
        // A second more than is allowed: enough to see that it is too long.
        var most = (options.CurrentValue.MaxDuration.TotalSeconds + 1).ToString("F1", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "quiet", "-nostdin", "-threads", "1", "-protocol_whitelist", "file", "-f", kind.Demuxer, "-i", file.Path,
            "-map", "0:a:0", "-vn", "-sn", "-dn", "-t", most, "-ac", "1", "-ar", Transcript.SampleRate.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "pipe:1",
        ])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DependencyException("ffmpeg_missing", "ffmpeg is missing: install the Debian package ffmpeg, or send raw samples.", e);
        }
    }

    private async Task<int> ReadAsync(Process process, byte[] chunk, CancellationToken deadline, CancellationToken ct)
    {
        try
        {
            return await process.StandardOutput.BaseStream.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, deadline);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw WorkedOn(process) >= options.CurrentValue.DecodeTimeout / 2
                ? new ClientException("audio_unreadable", "The audio takes too long to decode; it is probably broken.", 422)
                : new ResourceException("decoder_busy", "This machine is too busy to decode the audio just now: send it again in a moment.");
        }
    }

    /// <summary>The processor's time that it had, which a busy machine keeps far below what has passed.</summary>
    private static TimeSpan WorkedOn(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            // It has ended this moment: the recording was not what took so long.
            return TimeSpan.Zero;
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}

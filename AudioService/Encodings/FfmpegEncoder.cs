using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Encodings;

/// <summary>PCM16 in, a compressed format out, by an ffmpeg of its own (GPL: a process, never linked). Disposing kills it.</summary>
internal sealed class FfmpegEncoder : IAsyncDisposable
{
    // ffmpeg encodes a minute of speech in about a second; more is a hang.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly CancellationTokenSource stop;
    private readonly Task copying;

    private FfmpegEncoder(Process process, Stream output, CancellationToken ct)
    {
        this.process = process;
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        copying = CopyAsync(output);
        // Its warnings would fill the pipe and stop it.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    public static FfmpegEncoder Start(AudioFormat format, int sampleRate, Stream output, CancellationToken ct)
    {
        var rate = sampleRate.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-nostdin",
            "-probesize", "32", "-analyzeduration", "0", "-fflags", "nobuffer", "-f", "s16le", "-ar", rate, "-ac", "1", "-i", "pipe:0",
            .. format.Ffmpeg!, "-flush_packets", "1", "pipe:1",
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new FfmpegEncoder(Process.Start(start)!, output, ct);
        }
        catch (Win32Exception e)
        {
            throw new DependencyException("ffmpeg_missing", "ffmpeg is missing: install the Debian package ffmpeg, or ask for wav or pcm.", e);
        }
    }

    /// <summary>Waits while ffmpeg's pipe (64 KB, the kernel's) is full: a slow listener slows only this.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> pcm)
    {
        await process.StandardInput.BaseStream.WriteAsync(pcm, stop.Token);
        await process.StandardInput.BaseStream.FlushAsync(stop.Token);
    }

    /// <summary>Everything is encoded and written out.</summary>
    public async Task FinishAsync()
    {
        process.StandardInput.Close();
        await copying.WaitAsync(Deadline, stop.Token);
        await process.WaitForExitAsync(stop.Token).WaitAsync(Deadline, stop.Token);
        if (process.ExitCode != 0)
        {
            throw new DependencyException("encoding_failed", "ffmpeg could not encode the sound.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Deadline, CancellationToken.None);
        }

        await copying.ContinueWith(_ => { }, TaskScheduler.Default);
        process.Dispose();
        stop.Dispose();
    }

    private async Task CopyAsync(Stream output)
    {
        var reader = PipeReader.Create(process.StandardOutput.BaseStream);
        while (true)
        {
            var read = await reader.ReadAsync(stop.Token);
            foreach (var part in read.Buffer)
            {
                await output.WriteAsync(part, stop.Token);
            }

            await output.FlushAsync(stop.Token);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Espeak;

/// <summary>One worker process, which says one sentence at a time. It ends with its input, so it cannot outlive this process.</summary>
internal sealed partial class EspeakWorker : IAsyncDisposable
{
    // A warm start takes 0.1 s; a machine that is busy with everything else may take seconds.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(15);

    // The engine makes a second of sound in 3 ms: silence this long is a hang.
    private static readonly TimeSpan FrameDeadline = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly Stream input;
    private readonly Stream output;
    private int requests;

    private EspeakWorker(Process process)
    {
        this.process = process;
        input = process.StandardInput.BaseStream;
        // The frames of one piece of sound come together: a dozen of them with one read.
        output = new BufferedStream(process.StandardOutput.BaseStream, 16 << 10);
    }

    public int SampleRate { get; private set; }

    public int ProcessId => process.Id;

    public bool Alive => !process.HasExited;

    public static async Task<EspeakWorker> StartAsync(string path, ILogger logger, CancellationToken ct)
    {
        var start = Command(path.Length > 0 ? path : Path.Combine(AppContext.BaseDirectory, "Museum.AudioService.Espeak.dll"));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var worker = new EspeakWorker(Launch(start));
        worker.process.ErrorDataReceived += (_, line) => LogWorker(logger, line.Data);
        worker.process.BeginErrorReadLine();
        try
        {
            worker.SampleRate = (await worker.ReadAsync(StartDeadline, ct)).Body.ReadInt32();
            return worker;
        }
        catch (DependencyException e)
        {
            throw Missing(await worker.ExitCodeAsync(), e);
        }
        finally
        {
            if (worker.SampleRate == 0)
            {
                await worker.DisposeAsync();
            }
        }
    }

    public async Task<int> SpeakAsync(int wordsPerMinute, int pitch, IReadOnlyList<(string Voice, string Text)> runs, CancellationToken ct)
    {
        var id = ++requests;
        await SendAsync(
            EspeakFrames.Compose(EspeakFrame.Speak, w =>
            {
                w.Write(id);
                w.Write(wordsPerMinute);
                w.Write(pitch);
                w.Write(runs.Count);
                foreach (var (voice, text) in runs)
                {
                    w.Write(voice);
                    w.Write(text);
                }
            }),
            ct);
        return id;
    }

    /// <summary>The next frame of the request; those that an earlier, cancelled one left behind are passed over.</summary>
    public async Task<(EspeakFrame Kind, BinaryReader Body)> NextAsync(int id)
    {
        while (true)
        {
            var frame = await ReadAsync(FrameDeadline, CancellationToken.None);
            if (frame.Body.ReadInt32() == id)
            {
                return frame;
            }
        }
    }

    /// <summary>Stops what is being said; the worker may be asked again at once.</summary>
    public Task CancelAsync(int id) => SendAsync(EspeakFrames.Compose(EspeakFrame.Cancel, w => w.Write(id)), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(FrameDeadline, CancellationToken.None);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            // It had ended already, or the kernel will see to it.
        }

        process.Dispose();
    }

    private async Task SendAsync(byte[] frame, CancellationToken ct)
    {
        try
        {
            await input.WriteAsync(frame, ct).AsTask().WaitAsync(FrameDeadline, ct);
            await input.FlushAsync(ct);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            throw Died(e);
        }
    }

    private async Task<(EspeakFrame Kind, BinaryReader Body)> ReadAsync(TimeSpan deadline, CancellationToken ct)
    {
        try
        {
            return await EspeakFrames.ReadAsync(output, ct).AsTask().WaitAsync(deadline, ct) ?? throw Died(null);
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidDataException)
        {
            throw Died(e);
        }
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new DependencyException("espeak_missing", $"espeak-ng's worker cannot be started: {start.FileName}.", e);
        }
    }

    private static DependencyException Missing(int? exitCode, DependencyException cause) => exitCode switch
    {
        EspeakFrames.NoLibrary => new("espeak_missing", "espeak-ng is missing: install the Debian package libespeak-ng1.", cause),
        EspeakFrames.NoData => new("espeak_missing", "espeak-ng has no voices: install the Debian package espeak-ng-data.", cause),
        _ => cause,
    };

    /// <summary>Null: it still runs.</summary>
    private async Task<int?> ExitCodeAsync()
    {
        try
        {
            // Its output ended already; the process follows within milliseconds.
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(FrameDeadline, CancellationToken.None);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static DependencyException Died(Exception? cause) => new("synthesizer_died", "espeak-ng's worker process ended.", cause);

    private static ProcessStartInfo Command(string path)
    {
        if (!path.EndsWith(".dll", StringComparison.Ordinal))
        {
            return new ProcessStartInfo(path);
        }

        // The same runtime as this process, wherever it is installed: <root>/shared/Microsoft.NETCore.App/<version>/
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        return new ProcessStartInfo(host, [path]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "espeak-ng's worker says: {Line}")]
    private static partial void LogWorker(ILogger logger, string? line);
}

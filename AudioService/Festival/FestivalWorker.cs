using System.ComponentModel;
using System.Diagnostics;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Festival;

/// <summary>A <c>festival --pipe</c> that is kept warm. It says one sentence at a time and ends with its input, or with the first error in what it is told.</summary>
internal sealed class FestivalWorker : IAsyncDisposable
{
    // A warm start takes 0.6 s, a sentence of a thousand characters 4 s; a machine that is busy with everything else takes longer.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private const string Program = "festival";
    private const string Packages = "festival's voice is missing: install the Debian packages festival and festvox-us-slt-hts.";

    private readonly Process process;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("museum-festival-");

    private FestivalWorker(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    public int ProcessId => process.Id;

    /// <summary>Where it puts its sound, until that is read.</summary>
    public string Folder => folder.FullName;

    public bool Alive => !process.HasExited;

    /// <summary>Sentences that it was asked to say.</summary>
    public int Said { get; private set; }

    /// <summary>Null: it is installed, as far as can be seen without starting it. Else what is missing.</summary>
    public static string? Missing() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program))) ? null : Packages;

    public static async Task<FestivalWorker> StartAsync(CancellationToken ct)
    {
        FestivalWorker? worker = null;
        try
        {
            worker = new FestivalWorker(Process.Start(new ProcessStartInfo(Program, ["--pipe"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!);
            await worker.AskAsync(FestivalScript.Prepare, ct);
            return worker;
        }
        catch (Exception e) when (e is Win32Exception or DependencyException)
        {
            await (worker?.DisposeAsync() ?? default);
            throw new DependencyException("festival_missing", Packages, e);
        }
        catch (OperationCanceledException)
        {
            await (worker?.DisposeAsync() ?? default);
            throw;
        }
    }

    /// <summary>PCM16 at 32 kHz, and the lines that <see cref="FestivalScript"/> describes. After a cancellation it is good for nothing.</summary>
    public async Task<(byte[] Pcm, IReadOnlyList<string> Lines)> SayAsync(string text, double rate, CancellationToken ct)
    {
        Said++;
        var file = Path.Combine(folder.FullName, "sound");
        var lines = await AskAsync(FestivalScript.Say(text, file, rate), ct);
        try
        {
            return (await File.ReadAllBytesAsync(file, ct), lines);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Deadline, CancellationToken.None);
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>> AskAsync(string script, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Deadline);
        var lines = new List<string>();
        try
        {
            await process.StandardInput.WriteAsync(script.AsMemory(), limit.Token);
            await process.StandardInput.FlushAsync(limit.Token);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line == FestivalScript.End)
                {
                    return lines;
                }

                lines.Add(line);
            }
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new DependencyException("festival_died", "festival did not answer.", e);
        }

        throw new DependencyException("festival_died", "festival's process ended.");
    }
}

/// <summary>The pool's workers. festival gives no memory back: one has 386 MB after 48 sentences, so each ends after its share and a fresh one, 0.6 s, takes its place.</summary>
/// <param name="mostSentences">Of one worker.</param>
internal sealed class FestivalWorkers(int mostSentences = 48) : IPooledResources<FestivalWorker>
{
    public Task<FestivalWorker> CreateAsync(CancellationToken cancellationToken) => FestivalWorker.StartAsync(cancellationToken);

    public bool IsUsable(FestivalWorker resource) => resource.Alive && resource.Said < mostSentences;

    public ValueTask DestroyAsync(FestivalWorker resource) => resource.DisposeAsync();
}

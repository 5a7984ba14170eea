using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Museum.TestKit;

/// <summary>A server program as a child of the test process, with its own folder; it ends with the test.</summary>
internal sealed class ChildServer : IDisposable
{
    private static readonly ConcurrentDictionary<int, Process> Alive = new();
    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    static ChildServer() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var left in Alive.Values)
        {
            End(left);
        }
    };

    public ChildServer(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Alive[process.Id] = process;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool Said(string words) => output.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Throws with what the program said if it has ended.</summary>
    public void ThrowIfEnded()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}:\n{string.Join('\n', output)}");
        }
    }

    /// <summary>It runs no more and keeps its connections; the kernel still takes new ones for it.</summary>
    public void Freeze()
    {
        Signal("-STOP");
        // The signal is sent, not obeyed: a thread on another core still answers for a moment.
        Assert.True(SpinWait.SpinUntil(AllThreadsStand, Eventually.DefaultTimeout));
    }

    public void Thaw() => Signal("-CONT");

    public void Dispose()
    {
        Alive.TryRemove(process.Id, out _);
        End(process);
        process.Dispose();
    }

    // proc_pid_stat(5): the state stands behind the name, which may hold spaces and brackets itself; T is stopped.
    private bool AllThreadsStand() => Directory.GetDirectories($"/proc/{process.Id}/task").All(thread =>
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            return stat[stat.LastIndexOf(')') + 2] == 'T';
        }
        catch (IOException)
        {
            // A thread that has ended.
            return true;
        }
    });

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}

using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// One run of a program, in a process group of its own: a Ctrl+C in the terminal reaches the AppHost alone, which then stops the
/// resources in order, and what the program itself has started ends with it.
/// </summary>
internal sealed class ChildProcess
{
    // Waits until the watchdog knows the group, so that at no moment a program runs which nobody would end.
    private const string Launcher = "read -r go && exec \"$@\" </dev/null";

    // What tells the AppHost where to listen must not tell its services.
    private static readonly string[] AppHostsOwn = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "HTTP_PORTS", "HTTPS_PORTS", "URLS", "DOTNET_LAUNCH_PROFILE"];

    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private ChildProcess(int id, Task<int> completion)
    {
        Id = id;
        Completion = completion;
    }

    public int Id { get; }

    /// <summary>The exit code, once the program and all that it started are gone and its last line has been read.</summary>
    public Task<int> Completion { get; }

    public static ChildProcess Start(LaunchSpec spec, IReadOnlyDictionary<string, string?> environment, Watchdog watchdog, Action<string, bool> onLine)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["sh", "-c", Launcher, "sh", spec.Command, .. spec.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in AppHostsOwn)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        watchdog.Add(process.Id);
        process.StandardInput.Write("go\n");
        process.StandardInput.Close();
        var reading = Task.WhenAll(ReadAsync(process.StandardOutput, isError: false, onLine), ReadAsync(process.StandardError, isError: true, onLine));
        return new ChildProcess(process.Id, CompleteAsync(process, reading, watchdog));
    }

    /// <summary>Asks the program to end; after the grace it is ended.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (Completion.IsCompleted)
        {
            return;
        }

        Posix.Signal(Id, Posix.Terminate);
        try
        {
            await Completion.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            Posix.SignalGroup(Id, Posix.Kill);
            await Completion;
        }
    }

    private static async Task<int> CompleteAsync(Process process, Task reading, Watchdog watchdog)
    {
        using var ending = process;
        await process.WaitForExitAsync();
        Posix.SignalGroup(process.Id, Posix.Kill);
        watchdog.Remove(process.Id);

        // A grandchild that made itself a group of its own may hold the pipe open for ever.
        await Task.WhenAny(reading, Task.Delay(DrainTimeout));
        return process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader reader, bool isError, Action<string, bool> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line, isError);
        }
    }
}

using System.Diagnostics;

namespace Compat.Aspire.Tests;

/// <summary>
/// The sample AppHost as a process of its own. A variable with a value of its own marks it and everything it starts, directly or
/// not: whoever has it in /proc/…/environ and is no zombie is still there.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Mark = "MUSEUM_TEST_MARK";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly string _store = Directory.CreateTempSubdirectory("museum-host-").FullName;
    private readonly List<string> _lines = [];
    private readonly Process _process;

    public HostProcess(string? path = null, params string[] arguments)
    {
        // Tests that run in a shell's background ignore Ctrl+C, and so would all that they start.
        var start = new ProcessStartInfo("/usr/bin/env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT", Environment.ProcessPath!, "exec", typeof(Projects.SampleHost).Assembly.Location, $"--Aspire:Store:Path={_store}", "--DcpPublisher:RandomizePorts=true", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Mark] = _mark;
        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public Task EndAsync() => _process.WaitForExitAsync(Limits.Deadline);

    public async Task SaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(Limits.ServerStart);
        while (!Lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(BetweenLooks, patience.Token);
        }
    }

    /// <summary>The command lines of everything of this run that is still there, the AppHost included.</summary>
    public IReadOnlyList<string> Survivors() =>
        [.. Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]) && IsMarked(d)).Select(d => Read($"{d}/cmdline").Replace('\0', ' '))];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await Eventually.TrueAsync(() => Survivors().Count == 0);
        _process.Dispose();
        Directory.Delete(_store, recursive: true);
    }

    private IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    private void Keep(string? line)
    {
        lock (_lines)
        {
            _lines.Add(line ?? "");
        }
    }

    private bool IsMarked(string folder) => Read($"{folder}/environ").Contains($"{Mark}={_mark}", StringComparison.Ordinal);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

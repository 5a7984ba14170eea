using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.Benchmarks.Visitors.Suite;

/// <summary>A suite of the benchmark's own, as <c>./museum run</c> starts it: private ports on loopback, data in a folder that goes with it.</summary>
public sealed class RunningSuite : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] SpokenAnswer = ["events", "voice", "face"];

    private readonly string data = Directory.CreateTempSubdirectory("museum-bench-").FullName;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamWriter log;
    private readonly Process host;

    private RunningSuite(string root, string logFile, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var ports = FreePorts.Take(2);
        Address = new Uri($"http://127.0.0.1:{ports[0]}");
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        log = new StreamWriter(logFile) { AutoFlush = true };
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(root, "AppHost"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "exec", "bin/compat/Release/net10.0/AppHost.dll", $"--Museum:Port={ports[0]}", $"--Museum:GrpcPort={ports[1]}", $"--Museum:Data={data}",
            .. settings.Select(s => s.Key.StartsWith("Museum:", StringComparison.Ordinal) ? $"--{s.Key}={s.Value}" : $"--Museum:Set:{s.Key}={s.Value}"),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        host = Process.Start(start)!;
        host.OutputDataReceived += (_, line) => Note(line.Data);
        host.ErrorDataReceived += (_, line) => Note(line.Data);
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>The socket for visitors who write and listen.</summary>
    public Uri Socket => new($"ws://{Address.Authority}/ws/text/stream");

    /// <summary>Starts a suite and waits until it answers aloud.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="logFile">What the suite says goes there.</param>
    /// <param name="settings">Of any service, as <c>--set</c> of <c>./museum run</c>, or of the AppHost itself (<c>Museum:Replicas:NAME</c>). The request limit is raised anyway: it is not what is measured.</param>
    public static async Task<RunningSuite> StartAsync(string root, string logFile, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var limits = new Dictionary<string, string> { ["RateLimit:PermitLimit"] = "1000000", ["RateLimit:AnonymousPermitLimit"] = "1000000" };
        var suite = new RunningSuite(root, logFile, limits.Concat(settings));
        try
        {
            await suite.ready.Task.WaitAsync(StartLimit);
            await suite.WaitForVoiceAsync();
            return suite;
        }
        catch (TimeoutException e)
        {
            await suite.DisposeAsync();
            throw new TimeoutException($"The suite did not answer aloud within {StartLimit.TotalMinutes} min; what it said is in {logFile}.", e);
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyList<SuiteProcess> Processes() => SuiteProcesses.Under(host.Id);

    /// <summary>What a process of the suite was started with, for example <c>ConnectionStrings__messaging</c>.</summary>
    public string Variable(string process, string name)
    {
        var id = Processes().First(p => p.Name == process).Id;
        return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ")).Split('\0').First(v => v.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    public async ValueTask DisposeAsync()
    {
        if (!host.HasExited)
        {
            Signals.Send(host.Id, Signals.Terminate);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await host.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                host.Kill(entireProcessTree: true);
            }
        }

        host.Dispose();
        await log.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The suite is ready before its broker is: what is answered until then is answered in writing, and is no failure.</summary>
    private async Task WaitForVoiceAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.TrueAsync(
            async () =>
            {
                var capabilities = (await http.GetFromJsonAsync<JsonObject>("/api/status"))!["capabilities"]!;
                return SpokenAnswer.All(c => (string?)capabilities[c]?["state"] == "ok");
            },
            within: StartLimit);
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            ready.TrySetException(new InvalidOperationException("The suite ended before it was ready; see its log."));
            return;
        }

        lock (log)
        {
            log.WriteLine(line);
        }

        if (line.Contains("Museum is ready", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Museum.TestKit;

namespace Museum.GrpcTests;

/// <summary>An implementation of gRPC that nobody here wrote, as a child process.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private PeerProcess(string program, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(Folder(), script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ECHO_PROTO"] = Path.Combine(AppContext.BaseDirectory, "Peers", "echo.proto") },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task<PeerProcess> StartAsync(string peer, params string[] arguments)
    {
        if (peer == "python")
        {
            return new PeerProcess("/usr/bin/python3", "peer.py", arguments);
        }

        await NodePackages.InstallAsync(Folder(), "@grpc/grpc-js");
        return new PeerProcess("node", "peer.js", arguments);
    }

    /// <summary>Once the peer serves.</summary>
    public async Task<string> AddressAsync()
    {
        var line = await LineAsync("PORT ");
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{line["PORT ".Length..]}");
    }

    /// <summary>Everything that the peer said, once it has done its calls.</summary>
    public async Task<IReadOnlyList<string>> FinishAsync()
    {
        await LineAsync("done");
        return [.. _output.Where(line => line.Length > 0 && line != "done")];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Peers");

    private Task<string> LineAsync(string beginning) => Eventually.GetAsync(() =>
    {
        var line = _output.FirstOrDefault(said => said.StartsWith(beginning, StringComparison.Ordinal));
        return line is null && _process.HasExited
            ? throw new InvalidOperationException($"The peer ended with {_process.ExitCode}:\n{string.Join('\n', _output)}")
            : Task.FromResult(line);
    });
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>npm's aimock as a child process, with the answers of ThirdParty/mock.js.</summary>
public sealed class ThirdPartyModel : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    /// <summary>For <c>Llm:BaseUrl</c>.</summary>
    public string BaseUrl { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await NodePackages.InstallAsync(Folder(), "@copilotkit/aimock");
        process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder(), "mock.js")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var port = await Eventually.GetAsync(() => Task.FromResult(
            output.FirstOrDefault(line => line.StartsWith("PORT ", StringComparison.Ordinal))
                ?? (process.HasExited ? throw new InvalidOperationException($"aimock ended with {process.ExitCode}:\n{string.Join('\n', output)}") : null)));
        BaseUrl = $"http://127.0.0.1:{port["PORT ".Length..]}/v1";
    }

    public async Task DisposeAsync()
    {
        if (process is { } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
            running.Dispose();
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "ThirdParty");
}

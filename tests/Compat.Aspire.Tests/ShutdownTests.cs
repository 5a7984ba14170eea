using System.Diagnostics;

namespace Compat.Aspire.Tests;

public sealed class ShutdownTests
{
    [Theory]
    [InlineData("TERM", true)]
    [InlineData("INT", false)]
    public async Task A_signal_stops_everything_and_leaves_no_process(string signal, bool messaging)
    {
        await using var host = new HostProcess(arguments: $"--Messaging={messaging}");
        await host.SaysAsync("Sample is ready at http://localhost:");
        await SendAsync(signal, host.Id);
        await host.EndAsync();
        // What was killed at the last is gone when the kernel has seen to it.
        await Eventually.TrueAsync(() => host.Survivors().Count == 0);
    }

    [Fact]
    public async Task Even_a_killed_AppHost_leaves_no_process()
    {
        await using var host = new HostProcess();
        await host.SaysAsync("Sample is ready at http://localhost:");
        Assert.Contains(host.Survivors(), p => p.Contains("epmd", StringComparison.Ordinal));
        await SendAsync("KILL", host.Id);
        await Eventually.TrueAsync(() => host.Survivors().Count == 0);
    }

    [Fact]
    public async Task An_AppHost_killed_while_it_starts_leaves_no_process()
    {
        await using var host = new HostProcess();
        await host.SaysAsync("redis");
        await SendAsync("KILL", host.Id);
        await Eventually.TrueAsync(() => host.Survivors().Count == 0);
    }

    [Fact]
    public async Task A_missing_server_is_named_with_its_package_and_the_rest_runs()
    {
        // All that is needed, but no redis-server.
        var programs = Directory.CreateTempSubdirectory("museum-path-");
        foreach (var name in (string[])["sh", "setsid", "sleep"])
        {
            File.CreateSymbolicLink(Path.Combine(programs.FullName, name), File.Exists($"/usr/bin/{name}") ? $"/usr/bin/{name}" : $"/bin/{name}");
        }

        await using var host = new HostProcess(programs.FullName, "--Messaging=false");
        await host.SaysAsync("The program 'redis-server' is not there. Install it: apt-get install redis-server");
        await host.SaysAsync("Echo is listening.");
        programs.Delete(recursive: true);
    }

    private static async Task SendAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{processId}"]);
        await kill.WaitForExitAsync(Limits.Deadline);
    }
}

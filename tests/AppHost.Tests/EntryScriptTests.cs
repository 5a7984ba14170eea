using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>./museum, as somebody at a terminal meets it.</summary>
public sealed class EntryScriptTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("museum-entry-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output) = await RunAsync("help");
        Assert.Equal(0, code);
        Assert.All(["run", "test", "soak", "bench", "drill", "doctor", "--port", "--https", "--data", "--set", "--no-setup"], w => Assert.Contains(w, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no command 'sing'", "sing")]
    [InlineData("--port wants a number", "run", "--port", "many")]
    [InlineData("--port wants a number", "run", "--port")]
    [InlineData("--set wants KEY=VALUE", "run", "--set", "Llm")]
    [InlineData("no option '--louder'", "run", "--louder")]
    [InlineData("Benchmarks:", "bench", "nothing")]
    public async Task What_makes_no_sense_is_refused_with_a_clear_line(string line, params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(line, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_with_the_same_data_is_refused()
    {
        using var first = Start("flock", Path.Combine(data, ".lock"), "sh", "-c", "echo held; cat");
        Assert.Equal("held", await first.StandardOutput.ReadLineAsync().SoonAsync());
        var (code, output) = await RunAsync("run", "--no-setup", "--data", data);
        first.StandardInput.Close();
        await first.WaitForExitAsync().SoonAsync();
        Assert.Equal(2, code);
        Assert.Contains("runs already with the data in " + data, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (code, output) = await RunAsync("run", "--no-setup", "--data", data, "--port", $"{port}");
        Assert.Equal(2, code);
        Assert.Contains($"port {port} is taken", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(Path.Combine(Path.GetDirectoryName(Projects.AppHost.ProjectPath)!, "museum"), arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().SoonAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

using System.Diagnostics;
using System.Globalization;

namespace Museum.TestKit;

/// <summary>
/// A private PostgreSQL, about 3 s to start: one for a test assembly (an xunit collection), with a database for each test. Stopped and
/// started it comes back on the same port, with what was committed.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("museum-postgres-").FullName;
    private readonly int port = FreePorts.Take(1)[0];
    private ChildServer? server;
    private int databases;

    private string Data => Path.Combine(folder, "data");

    private string Port => port.ToString(CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", "postgres", folder]);
        }

        await RunAsync([.. Program("initdb"), "--pgdata", Data, "--username", "museum", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        server ??= new ChildServer("env", [
            .. Program("postgres").Skip(1), "-D", Data, "-h", "127.0.0.1", "-p", Port, "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=32MB",
        ]);
        await Eventually.TrueAsync(
            async () =>
            {
                server.ThrowIfEnded();
                return await ExitCodeAsync([.. Program("pg_isready"), "-h", "127.0.0.1", "-p", Port]) == 0;
            },
            within: StartLimit);
    }

    /// <summary>At once, as when its machine is switched off: whoever is connected is cut off.</summary>
    public async Task StopAsync()
    {
        await RunAsync([.. Program("pg_ctl"), "stop", "-D", Data, "-m", "immediate"]);
        server?.Dispose();
        server = null;
    }

    /// <returns>For <c>ConnectionStrings:postgres</c>: an empty database of its own.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await RunAsync([.. Program("createdb"), "-h", "127.0.0.1", "-p", Port, "-U", "museum", name]);
        return ConnectionTo(name);
    }

    /// <summary>As <see cref="CreateDatabaseAsync"/>, to one that may not be there.</summary>
    public string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username=museum";

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    // It refuses to run as root, so root runs it as the user whom its package has made; and wherever the tests are, that user can be in its own folder.
    private string[] Program(string name)
    {
        var program = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => d, StringComparer.Ordinal).Last(), "bin", name);
        string[] here = ["env", "-C", folder];
        return Environment.IsPrivilegedProcess ? [.. here, "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program] : [.. here, program];
    }

    private static async Task RunAsync(string[] command)
    {
        var output = new List<string>();
        if (await ExitCodeAsync(command, output) is var code and not 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}:\n{string.Join('\n', output)}");
        }
    }

    private static async Task<int> ExitCodeAsync(string[] command, List<string>? output = null)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        output?.AddRange(said);
        return process.ExitCode;
    }
}

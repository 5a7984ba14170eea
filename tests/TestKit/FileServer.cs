using System.Globalization;
using System.Net.Sockets;

namespace Museum.TestKit;

/// <summary>A real HTTP service in a process of its own, which can be frozen: Python's, with a folder of files that each answer 200.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("museum-files-");
    private readonly int port = FreePorts.Take(1)[0];
    private readonly ChildServer server;

    private FileServer(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var file = Path.Combine(folder.FullName, path.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, path);
        }

        server = new ChildServer("python3", ["-m", "http.server", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--directory", folder.FullName]);
    }

    public string Address => $"http://127.0.0.1:{port}";

    public static async Task<FileServer> StartAsync(params string[] paths)
    {
        var files = new FileServer(paths);
        await Eventually.TrueAsync(files.ListensAsync);
        return files;
    }

    /// <summary>Frozen (SIGSTOP): its connections stay, and nothing answers.</summary>
    public void Freeze() => server.Freeze();

    public void Thaw() => server.Thaw();

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        folder.Delete(recursive: true);
        return default;
    }

    private async Task<bool> ListensAsync()
    {
        server.ThrowIfEnded();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Globalization;
using System.Net.Sockets;

namespace Museum.TestKit;

/// <summary>A private Redis. Use it as an xunit fixture, or start and stop it inside a test: it comes back on the same port, empty.</summary>
public sealed class RedisServer : IAsyncLifetime, IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("museum-redis-").FullName;
    private ChildServer? server;

    public int Port { get; } = FreePorts.Take(1)[0];

    /// <summary>For <c>ConnectionStrings:redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync()
    {
        server ??= new ChildServer("redis-server", [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder,
        ]);
        await Eventually.TrueAsync(AnswersAsync);
    }

    /// <summary>Frozen (SIGSTOP): its connections stay, and nothing answers.</summary>
    public void Freeze() => server!.Freeze();

    public void Thaw() => server!.Thaw();

    public void Stop()
    {
        server?.Dispose();
        server = null;
    }

    public Task DisposeAsync()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private async Task<bool> AnswersAsync()
    {
        server!.ThrowIfEnded();
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer);
            return answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Museum.E2e.Tests;

/// <summary>A line between the browser and the suite that can be cut: every connection breaks at once, and none comes about until it is mended.</summary>
internal sealed class BrokenLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private readonly CancellationTokenSource over = new();
    private readonly Uri suite;
    private readonly Task accepting;
    private volatile bool cut;
    private int refused;

    public BrokenLine(Uri suite)
    {
        this.suite = suite;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The suite, as it is seen through this line.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>How often somebody has tried to come through while it was cut.</summary>
    public int Refused => Volatile.Read(ref refused);

    public void Cut()
    {
        cut = true;
        foreach (var client in open.Keys)
        {
            Break(client);
        }
    }

    public void Mend() => cut = false;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await listener.AcceptTcpClientAsync(over.Token));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        using var server = new TcpClient();
        open[client] = true;
        open[server] = true;
        try
        {
            if (cut)
            {
                Interlocked.Increment(ref refused);
            }
            else
            {
                await server.ConnectAsync(suite.Host, suite.Port, over.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, over.Token), far.CopyToAsync(near, over.Token));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A cut line looks like this from its middle.
        }
        finally
        {
            Break(client);
            Break(server);
        }
    }

    private void Break(TcpClient client)
    {
        open.TryRemove(client, out _);
        client.Dispose();
    }
}

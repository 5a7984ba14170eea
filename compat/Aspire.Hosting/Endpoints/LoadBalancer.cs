using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Endpoints;

/// <summary>
/// A TCP proxy that spreads connections over the replicas of an external endpoint, skipping those that refuse. It works below
/// HTTP, so WebSockets and streams pass unchanged.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener;
    private readonly IReadOnlyList<int> _targets;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _next;

    public LoadBalancer(IPAddress address, int port, IReadOnlyList<int> targets)
    {
        _targets = targets;
        _listener = new TcpListener(address, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException fault)
        {
            throw new DistributedApplicationException($"Nothing can listen on {address}:{port}: {fault.Message}", fault);
        }

        _accepting = AcceptAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                var client = await _listener.AcceptSocketAsync(ct);
                _ = RelayAsync(client, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (SocketException) when (ct.IsCancellationRequested)
        {
        }
    }

    private async Task RelayAsync(Socket client, CancellationToken ct)
    {
        using (client)
        using (var server = await ConnectAsync(ct))
        {
            if (server is null)
            {
                return;
            }

            client.NoDelay = server.NoDelay = true;
            await Task.WhenAll(CopyAsync(client, server, ct), CopyAsync(server, client, ct));
        }
    }

    private async Task<Socket?> ConnectAsync(CancellationToken ct)
    {
        var first = Interlocked.Increment(ref _next);
        for (var i = 0; i < _targets.Count; i++)
        {
            var port = _targets[(int)((uint)(first + i) % (uint)_targets.Count)];
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
                deadline.CancelAfter(ConnectTimeout);
                await socket.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return socket;
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                socket.Dispose();
            }
        }

        return null;
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, ct)) > 0;)
            {
                await to.SendAsync(buffer.AsMemory(0, read), ct);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone: the other must see it as well, or its half would wait for ever.
            from.Close();
            to.Close();
        }
    }
}

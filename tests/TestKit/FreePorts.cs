using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Museum.TestKit;

/// <summary>
/// Ports that nobody listens on at the moment. Below the range from which the system gives ports to clients (32768 on), or a server that
/// comes back in a test would find its port taken by somebody's outgoing connection; each is given once in a process.
/// </summary>
public static class FreePorts
{
    private const int First = 12_000;
    private const int Last = 19_999;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => TakeOne())];

    private static int TakeOne()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

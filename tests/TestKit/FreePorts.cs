using System.Net;
using System.Net.Sockets;

namespace Museum.TestKit;

/// <summary>Ports that nobody listens on at the moment.</summary>
public static class FreePorts
{
    public static int[] Take(int count)
    {
        // Open all before closing any, or the same one may come twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        return ports;
    }
}

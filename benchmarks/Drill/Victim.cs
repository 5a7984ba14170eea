using System.Net.Sockets;
using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Drill;

/// <summary>The process (or processes) that a fault strikes, and whether it is back.</summary>
internal sealed class Victim(RunningSuite suite, string name)
{
    private readonly HashSet<int> before = [.. Ids(suite, name)];
    private readonly Uri address = AddressOf(suite, name);

    public void Send(int signal)
    {
        foreach (var id in before)
        {
            Signals.Send(id, signal);
        }
    }

    /// <summary>Another process of that name is there and takes connections where the old one did; a worker without a port merely is there.</summary>
    public async Task<bool> IsBackAsync()
    {
        if (!Ids(suite, name).Any(id => !before.Contains(id)))
        {
            return false;
        }

        if (address.Port <= 0)
        {
            return true;
        }

        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Ids(RunningSuite suite, string name) => suite.Processes().Where(p => p.Name == name).Select(p => p.Id);

    private static Uri AddressOf(RunningSuite suite, string name) => name switch
    {
        "Redis" => new Uri("redis://" + suite.Variable(Fault.Text, "ConnectionStrings__redis").Split(',')[0]),
        Fault.Broker => new Uri(suite.Variable(Fault.Text, "ConnectionStrings__messaging")),
        "AudioService.Espeak" => new Uri("file:///"),
        _ => new Uri(suite.Variable(name, "Kestrel__Endpoints__http__Url")),
    };
}

using System.Collections.Concurrent;
using Grpc.Net.Client;

namespace Museum.ServiceDefaults.Grpc;

/// <summary>Connections to single replicas by their own address (<see cref="GrpcAddress"/>), kept for the next call.</summary>
public sealed class ReplicaChannels : IDisposable
{
    // Replicas that come and go leave their channels behind; beyond this many all are dropped, and made again when needed.
    private const int MaxChannels = 32;

    private readonly ConcurrentDictionary<string, GrpcChannel> channels = new();

    public GrpcChannel To(string address)
    {
        if (channels.Count >= MaxChannels && !channels.ContainsKey(address))
        {
            Dispose();
        }

        return channels.GetOrAdd(address, a => GrpcChannel.ForAddress(a, new GrpcChannelOptions { HttpHandler = GrpcConnections.CreateHandler(), DisposeHttpClient = true }));
    }

    public void Dispose()
    {
        foreach (var address in channels.Keys)
        {
            if (channels.TryRemove(address, out var channel))
            {
                channel.Dispose();
            }
        }
    }
}

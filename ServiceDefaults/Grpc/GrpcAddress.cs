using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Museum.ServiceDefaults.Grpc;

/// <summary>
/// Where this very replica answers gRPC, for handles that only it can serve. <c>Museum:GrpcAddress</c> where the machine's own view is
/// not the others' (a pod: <c>http://$(POD_IP):port</c>); else the address that Kestrel listens on at the endpoint <c>grpc</c>.
/// </summary>
public sealed class GrpcAddress(IConfiguration configuration, IServer server)
{
    public string Value => configuration["Museum:GrpcAddress"] ?? FromKestrel();

    private string FromKestrel()
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var wanted = configuration["Kestrel:Endpoints:grpc:Url"] is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Port : 0;
        var address = listening.Select(a => new Uri(a)).FirstOrDefault(a => a.Port == wanted) ?? new Uri(listening.LastOrDefault() ?? "http://127.0.0.1");
        var host = address.Host is "[::]" or "0.0.0.0" or "+" or "*" ? OwnAddress() : address.Host;
        return $"http://{host}:{address.Port}";
    }

    private static string OwnAddress() =>
        Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork).FirstOrDefault()?.ToString() ?? "127.0.0.1";
}

using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>Who is at the other end of the connection.</summary>
internal static class ServerPeer
{
    private const string CommonName = "x509_common_name";

    private static readonly AuthContext s_nobody = new(null, []);

    /// <summary>As in https://github.com/grpc/grpc/blob/master/doc/naming.md.</summary>
    public static string Describe(ConnectionInfo connection) => connection.RemoteIpAddress switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetwork } address => $"ipv4:{address}:{connection.RemotePort}",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{connection.RemotePort}",
        var address => $"unknown:{address}:{connection.RemotePort}",
    };

    public static AuthContext Authentication(ConnectionInfo connection)
    {
        if (connection.ClientCertificate is not { } certificate)
        {
            return s_nobody;
        }

        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return new AuthContext(CommonName, new Dictionary<string, List<AuthProperty>>
        {
            [CommonName] = [AuthProperty.Create(CommonName, Encoding.UTF8.GetBytes(name))],
        });
    }
}

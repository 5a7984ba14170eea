using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Exceptions of HttpClient as gRPC codes, by type, never by words.</summary>
internal static class TransportErrors
{
    public static StatusCode StatusCodeOf(Exception error)
    {
        var code = error is OperationCanceledException ? StatusCode.Cancelled : StatusCode.Internal;
        for (var current = error; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case HttpProtocolException protocol:
                    return GrpcProtocol.FromHttp2Error(protocol.ErrorCode);
                case IOException or SocketException:
                    code = StatusCode.Unavailable;
                    break;
            }
        }

        return code;
    }
}

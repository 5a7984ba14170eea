using System.Collections.Frozen;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>The caller's metadata, without the headers of HTTP and of the protocol itself.</summary>
internal static class RequestMetadata
{
    private static readonly FrozenSet<string> s_ofProtocol = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        GrpcProtocol.EncodingHeader,
        GrpcProtocol.AcceptEncodingHeader,
        GrpcProtocol.TimeoutHeader,
        "content-encoding",
        "content-type",
        "te",
        "host",
        "accept-encoding");

    public static Metadata From(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (key, values) in headers)
        {
            if (key.StartsWith(':') || s_ofProtocol.Contains(key))
            {
                continue;
            }

            foreach (var value in values)
            {
                HeaderValue.AddTo(metadata, key, value ?? string.Empty);
            }
        }

        return metadata;
    }
}

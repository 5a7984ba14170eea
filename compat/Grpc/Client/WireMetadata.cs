using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Metadata to and from HttpClient's headers.</summary>
internal static class WireMetadata
{
    public static void CopyTo(HttpRequestHeaders headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (entry.Key != GrpcProtocol.RequestEncodingOption)
            {
                headers.TryAddWithoutValidation(entry.Key, HeaderValue.Encode(entry));
            }
        }
    }

    public static Metadata FromResponse(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (key, values) in headers.NonValidated)
        {
            if (IsOfProtocol(key))
            {
                continue;
            }

            foreach (var value in values)
            {
                HeaderValue.AddTo(metadata, key, value);
            }
        }

        return metadata;
    }

    public static string? First(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    private static bool IsOfProtocol(string key) =>
        key.StartsWith(':')
        || key.Equals(GrpcProtocol.StatusHeader, StringComparison.OrdinalIgnoreCase)
        || key.Equals(GrpcProtocol.MessageHeader, StringComparison.OrdinalIgnoreCase)
        || key.Equals(GrpcProtocol.EncodingHeader, StringComparison.OrdinalIgnoreCase)
        || key.Equals(GrpcProtocol.AcceptEncodingHeader, StringComparison.OrdinalIgnoreCase)
        || key.Equals("content-encoding", StringComparison.OrdinalIgnoreCase)
        || key.Equals("content-type", StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>Status and trailers: after messages as HTTP trailers, without any in the headers ("trailers-only").</summary>
internal static class ResponseEnd
{
    private static readonly string[] s_codes =
        [.. Enumerable.Range(0, 17).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static void Write(HttpResponse response, Status status, Metadata? trailers)
    {
        var destination = response.HasStarted
            ? response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers
                ?? throw new InvalidOperationException("Trailers are not supported for this response. The server may not support gRPC.")
            : response.Headers;
        if (trailers is not null)
        {
            CopyTo(destination, trailers);
        }

        destination[GrpcProtocol.StatusHeader] = CodeText(status.StatusCode);
        if (!string.IsNullOrEmpty(status.Detail))
        {
            destination[GrpcProtocol.MessageHeader] = StatusMessage.Encode(status.Detail);
        }
    }

    public static string CodeText(StatusCode code) =>
        (uint)code < (uint)s_codes.Length ? s_codes[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    public static void CopyTo(IHeaderDictionary destination, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            destination.Append(entry.Key, HeaderValue.Encode(entry));
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>What the headers of a response say about the call.</summary>
internal static class ResponseStart
{
    /// <summary>The status if the call ends with these headers; null if messages may follow.</summary>
    public static Status? Judge(HttpResponseMessage response)
    {
        if (StatusIn(response.Headers) is { } trailersOnly)
        {
            return trailersOnly;
        }

        if (response.Version < HttpVersion.Version20)
        {
            return new Status(StatusCode.Internal, $"Bad gRPC response. Response protocol downgraded to HTTP/{response.Version}.");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new Status(
                GrpcProtocol.FromHttpStatus(response.StatusCode),
                string.Create(CultureInfo.InvariantCulture, $"Bad gRPC response. HTTP status code: {(int)response.StatusCode}"));
        }

        var contentType = response.Content.Headers.ContentType?.MediaType;
        return GrpcProtocol.IsGrpcContentType(contentType)
            ? null
            : new Status(StatusCode.Cancelled, contentType is null
                ? "Bad gRPC response. Response did not have a content-type header."
                : $"Bad gRPC response. Invalid content-type value: {contentType}");
    }

    public static Status? StatusIn(HttpHeaders headers)
    {
        if (WireMetadata.First(headers, GrpcProtocol.StatusHeader) is not { } value)
        {
            return null;
        }

        var detail = StatusMessage.Decode(WireMetadata.First(headers, GrpcProtocol.MessageHeader) ?? string.Empty);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code == 0 && detail.Length == 0 ? Status.DefaultSuccess : new Status((StatusCode)code, detail)
            : new Status(StatusCode.Cancelled, $"Unexpected grpc-status value: {value}");
    }
}

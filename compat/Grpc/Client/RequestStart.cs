using System.Globalization;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>The headers of a call's request.</summary>
internal static partial class RequestStart
{
    private const string UserAgent = "grpc-dotnet/museum-compat";

    public static async ValueTask<HttpRequestMessage> CreateAsync(
        GrpcChannel channel, IMethod method, string? host, CallOptions options, string? encoding, TimeSpan? timeLeft, int attempt, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, channel.UriOf(method))
        {
            Version = channel.HttpVersion,
            VersionPolicy = channel.HttpVersionPolicy,
        };
        var headers = request.Headers;
        headers.Host = host;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(GrpcProtocol.AcceptEncodingHeader, channel.Encodings.AcceptEncoding);
        if (encoding is not null)
        {
            headers.TryAddWithoutValidation(GrpcProtocol.EncodingHeader, encoding);
        }

        if (timeLeft is { } left)
        {
            headers.TryAddWithoutValidation(GrpcProtocol.TimeoutHeader, GrpcTimeout.Format(left));
        }

        if (attempt > 1)
        {
            headers.TryAddWithoutValidation("grpc-previous-rpc-attempts", (attempt - 1).ToString(CultureInfo.InvariantCulture));
        }

        if (options.Headers is { } metadata)
        {
            WireMetadata.CopyTo(headers, metadata);
        }

        if (options.Credentials is not null || channel.Credentials is not null)
        {
            await AddCredentialsAsync(channel, method, options, request, ct).ConfigureAwait(false);
        }

        return request;
    }

    private static async Task AddCredentialsAsync(
        GrpcChannel channel, IMethod method, CallOptions options, HttpRequestMessage request, CancellationToken ct)
    {
        if (channel.Address.Scheme != Uri.UriSchemeHttps && !channel.Options.UnsafeUseInsecureChannelCallCredentials)
        {
            CredentialsNotUsed(channel.Log, method.FullName);
            return;
        }

        var context = new AuthInterceptorContext($"{channel.Address.GetLeftPart(UriPartial.Authority)}/{method.ServiceName}", method.Name, ct);
        foreach (var interceptor in (options.Credentials?.Interceptors ?? []).Concat(channel.Credentials?.Interceptors ?? []))
        {
            var metadata = new Metadata();
            await interceptor(context, metadata).ConfigureAwait(false);
            WireMetadata.CopyTo(request.Headers, metadata);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The call credentials of {Method} were left out: the channel has no TLS and UnsafeUseInsecureChannelCallCredentials is not set.")]
    private static partial void CredentialsNotUsed(ILogger log, string method);
}

using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel is made. Sizes are in bytes; null means no limit.</summary>
public sealed class GrpcChannelOptions
{
    public ChannelCredentials? Credentials { get; set; }

    public int? MaxSendMessageSize { get; set; }

    /// <summary>4 MiB by default.</summary>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveSize;

    /// <summary>No retry policy may ask for more attempts than this.</summary>
    public int? MaxRetryAttempts { get; set; } = 5;

    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    public ILoggerFactory? LoggerFactory { get; set; }

    public HttpClient? HttpClient { get; set; }

    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel's disposal disposes the HttpClient or HttpHandler given here.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Calls that are cancelled or out of time throw OperationCanceledException instead of RpcException.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Without this, call credentials are left out on channels without TLS.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    public ServiceConfig? ServiceConfig { get; set; }

    public IServiceProvider? ServiceProvider { get; set; }

    /// <summary>HTTP/2 unless set.</summary>
    public Version? HttpVersion { get; set; }

    public HttpVersionPolicy? HttpVersionPolicy { get; set; }
}

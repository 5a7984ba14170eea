using System.IO.Compression;
using Grpc.Net.Compression;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>The options of one service, resolved once, when it is mapped.</summary>
internal sealed class ServiceSettings
{
    public ServiceSettings(GrpcServiceOptions global, GrpcServiceOptions service, ILogger log)
    {
        Log = log;
        MaxSendSize = service.MaxSendMessageSizeSpecified ? service.MaxSendMessageSize : global.MaxSendMessageSize;
        MaxReceiveSize = service.MaxReceiveMessageSizeSpecified ? service.MaxReceiveMessageSize
            : global.MaxReceiveMessageSizeSpecified ? global.MaxReceiveMessageSize
            : GrpcProtocol.DefaultMaxReceiveSize;
        DetailedErrors = service.EnableDetailedErrors ?? global.EnableDetailedErrors ?? false;
        IgnoreUnknown = service.IgnoreUnknownServices ?? global.IgnoreUnknownServices ?? false;
        Interceptors = [.. global.Interceptors, .. service.Interceptors];
        IReadOnlyList<ICompressionProvider> providers = [.. service.CompressionProviders, .. global.CompressionProviders];
        Encodings = providers.Count == 0 ? MessageEncodings.Default : new MessageEncodings(providers.DistinctBy(provider => provider.EncodingName));
        ResponseCompressionLevel = service.ResponseCompressionLevel ?? global.ResponseCompressionLevel;
        var algorithm = service.ResponseCompressionAlgorithm ?? global.ResponseCompressionAlgorithm;
        ResponseCompression = Encodings.Find(algorithm);
        if (algorithm is not null && ResponseCompression is null)
        {
            throw new InvalidOperationException($"The configured response compression algorithm '{algorithm}' does not have a matching compression provider.");
        }
    }

    public ILogger Log { get; }

    public int? MaxSendSize { get; }

    public int? MaxReceiveSize { get; }

    public bool DetailedErrors { get; }

    public bool IgnoreUnknown { get; }

    public IReadOnlyList<InterceptorRegistration> Interceptors { get; }

    public MessageEncodings Encodings { get; }

    public ICompressionProvider? ResponseCompression { get; }

    public CompressionLevel? ResponseCompressionLevel { get; }
}

using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>Calls to one address over HTTP/2. Share one channel: connections are pooled in it.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ConcurrentDictionary<IMethod, Uri> _uris = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly bool _ownsInvoker;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw CompatLimits.NotInSubset($"The address scheme of '{address}' (only http and https are)");
        }

        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException($"{nameof(options.HttpClient)} and {nameof(options.HttpHandler)} have been configured. Only one HTTP caller can be specified.");
        }

        Address = address;
        Options = options;
        Credentials = RequireMatchingCredentials(address, options);
        Encodings = options.CompressionProviders is { Count: > 0 } providers ? new MessageEncodings(providers) : MessageEncodings.Default;
        Log = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger(typeof(GrpcChannel).FullName!);
        Retries = new RetryPolicies(options);
        HttpVersion = options.HttpVersion ?? System.Net.HttpVersion.Version20;
        HttpVersionPolicy = options.HttpVersionPolicy ?? System.Net.Http.HttpVersionPolicy.RequestVersionExact;
        _ownsInvoker = options.DisposeHttpClient || (options.HttpClient is null && options.HttpHandler is null);
        Invoker = options.HttpClient ?? new HttpMessageInvoker(
            options.HttpHandler ?? new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            _ownsInvoker);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    internal CallCredentials? Credentials { get; }

    internal MessageEncodings Encodings { get; }

    internal ILogger Log { get; }

    internal RetryPolicies Retries { get; }

    internal Version HttpVersion { get; }

    internal HttpVersionPolicy HttpVersionPolicy { get; }

    internal HttpMessageInvoker Invoker { get; }

    internal CancellationToken Disposed => _disposed.Token;

    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        return new HttpCallInvoker(this);
    }

    /// <summary>Ends running calls as cancelled.</summary>
    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        _disposed.Cancel();
        if (_ownsInvoker)
        {
            Invoker.Dispose();
        }
    }

    internal Uri UriOf(IMethod method) => _uris.GetOrAdd(method, static (m, address) => new Uri(address, m.FullName), Address);

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static CallCredentials? RequireMatchingCredentials(Uri address, GrpcChannelOptions options)
    {
        var isTls = address.Scheme == Uri.UriSchemeHttps;
        if (options.Credentials is not { } credentials)
        {
            return null;
        }

        if (credentials.IsSecure != isTls)
        {
            throw new InvalidOperationException(
                $"Channel is configured with {(credentials.IsSecure ? "secure" : "insecure")} channel credentials and can't use a HttpClient with a '{address.Scheme}' scheme.");
        }

        if (!isTls && credentials.CallCredentials is not null && !options.UnsafeUseInsecureChannelCallCredentials)
        {
            throw new InvalidOperationException("CallCredentials can't be composed with insecure channel credentials unless UnsafeUseInsecureChannelCallCredentials is set.");
        }

        return credentials.CallCredentials;
    }
}

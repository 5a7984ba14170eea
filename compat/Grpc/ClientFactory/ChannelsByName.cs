using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>
/// One channel per client name, over the message handlers of IHttpClientFactory. It lives as long as the application:
/// balancing and discovery happen per call in the handlers, not by replacing channels.
/// </summary>
internal sealed class ChannelsByName(
    IServiceScopeFactory scopes,
    IHttpMessageHandlerFactory handlers,
    IOptionsMonitor<GrpcClientFactoryOptions> options,
    ILoggerFactory loggers) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Entry>> _entries = new();

    public CallInvoker InvokerOf(string name) => _entries.GetOrAdd(name, key => new Lazy<Entry>(() => Create(key))).Value.Invoker;

    public void Dispose()
    {
        foreach (var entry in _entries.Values.Where(entry => entry.IsValueCreated))
        {
            entry.Value.Channel.Dispose();
            entry.Value.Scope.Dispose();
        }
    }

    private Entry Create(string name)
    {
        var scope = scopes.CreateScope();
        try
        {
            var client = options.Get(name);
            var channelOptions = new GrpcChannelOptions
            {
                HttpHandler = handlers.CreateHandler(name),
                LoggerFactory = loggers,
                ServiceProvider = scope.ServiceProvider,
            };
            foreach (var configure in client.ChannelOptionsActions)
            {
                configure(channelOptions);
            }

            var address = client.Address
                ?? throw new InvalidOperationException($"Could not resolve the address for gRPC client '{name}'. Set an address when registering the client.");
            var channel = GrpcChannel.ForAddress(address, channelOptions);
            var interceptors = client.InterceptorRegistrations
                .Where(registration => registration.Scope == InterceptorScope.Channel)
                .Select(registration => registration.Creator(scope.ServiceProvider));
            return new Entry(scope, channel, channel.CreateCallInvoker().Intercept([.. interceptors]));
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    private sealed record Entry(IServiceScope Scope, GrpcChannel Channel, CallInvoker Invoker);
}

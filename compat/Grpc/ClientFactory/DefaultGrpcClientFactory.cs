using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grpc.Net.ClientFactory;

/// <summary>Makes typed clients in the scope of whoever asks.</summary>
internal sealed class DefaultGrpcClientFactory(
    IServiceProvider services, ChannelsByName channels, ClientNames names, IOptionsMonitor<GrpcClientFactoryOptions> options) : GrpcClientFactory
{
    public override TClient CreateClient<TClient>(string name)
    {
        if (!names.IsRegistered(name, typeof(TClient)))
        {
            throw new InvalidOperationException($"No gRPC client configured with name '{name}' and type '{typeof(TClient)}'.");
        }

        var client = options.Get(name);
        var invoker = channels.InvokerOf(name);
        if (client.CallOptionsActions.Count > 0)
        {
            invoker = new CallOptionsInvoker(invoker, client.CallOptionsActions, services);
        }

        invoker = invoker.Intercept([.. client.InterceptorRegistrations
            .Where(registration => registration.Scope == InterceptorScope.Client)
            .Select(registration => registration.Creator(services))]);
        return client.Creator is { } create
            ? (TClient)create(invoker)
            : Factory<TClient>.Create(services, [invoker]);
    }

    private static class Factory<TClient>
    {
        public static ObjectFactory<TClient> Create { get; } = ActivatorUtilities.CreateFactory<TClient>([typeof(CallInvoker)]);
    }
}

/// <summary>Which type a client name belongs to; checked while services are registered and when clients are made.</summary>
internal sealed class ClientNames
{
    private readonly Dictionary<string, Type> _types = [];

    public void Reserve(string name, Type type)
    {
        if (!_types.TryAdd(name, type) && _types[name] != type)
        {
            throw new InvalidOperationException(
                $"The gRPC client factory already has a registered client with the name '{name}', bound to the type '{_types[name].FullName}'. Use an overload of AddGrpcClient that accepts a string and provide a unique name to resolve the conflict.");
        }
    }

    public bool IsRegistered(string name) => _types.ContainsKey(name);

    public bool IsRegistered(string name, Type type) => _types.TryGetValue(name, out var registered) && registered == type;
}

using Grpc.Core;

namespace Grpc.AspNetCore.Server;

internal sealed class UnaryHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServiceSettings settings, UnaryServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(ServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        var response = await invoke(request, call).ConfigureAwait(false);
        await WriteResponseAsync(call, response).ConfigureAwait(false);
    }
}

internal sealed class ServerStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServiceSettings settings, ServerStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(ServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        await invoke(request, new ServerResponseWriter<TResponse>(call, Method.ResponseMarshaller), call).ConfigureAwait(false);
    }
}

internal sealed class ClientStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServiceSettings settings, ClientStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(ServerCall call)
    {
        var requests = new ServerRequestReader<TRequest>(call, Method.RequestMarshaller);
        try
        {
            var response = await invoke(requests, call).ConfigureAwait(false);
            await WriteResponseAsync(call, response).ConfigureAwait(false);
        }
        finally
        {
            requests.End();
        }
    }
}

internal sealed class DuplexStreamingHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, ServiceSettings settings, DuplexStreamingServerMethod<TRequest, TResponse> invoke)
    : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task InvokeAsync(ServerCall call)
    {
        var requests = new ServerRequestReader<TRequest>(call, Method.RequestMarshaller);
        try
        {
            await invoke(requests, new ServerResponseWriter<TResponse>(call, Method.ResponseMarshaller), call).ConfigureAwait(false);
        }
        finally
        {
            requests.End();
        }
    }
}

using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>Carries one HTTP request to a service method and its outcome back.</summary>
internal abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, ServiceSettings settings)
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method { get; } = method;

    public Task HandleAsync(HttpContext http) => RequestCheck.Accept(http) ? RunAsync(http) : Task.CompletedTask;

    protected abstract Task InvokeAsync(ServerCall call);

    protected ValueTask<TRequest> ReadRequestAsync(ServerCall call) =>
        call.Reader.ReadSingleAsync(Method.RequestMarshaller.ContextualDeserializer, call.CancellationToken);

    protected Task WriteResponseAsync(ServerCall call, TResponse? response) => response is null
        ? throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."))
        : call.Output.WriteAsync(response, Method.ResponseMarshaller.ContextualSerializer, call.WriteOptions, flush: false, call.CancellationToken);

    private async Task RunAsync(HttpContext http)
    {
        if (Method.Type != MethodType.Unary)
        {
            LetItStream(http, endlessRequest: Method.Type != MethodType.ServerStreaming);
        }

        var call = new ServerCall(http, settings);
        http.Features.Set<IServerCallContextFeature>(call);
        try
        {
            call.Start();
            await InvokeAsync(call).ConfigureAwait(false);
            await call.EndAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a service throws becomes the call's status.
        catch (Exception error)
        {
            await call.FailAsync(error, Method.FullName).ConfigureAwait(false);
        }
#pragma warning restore CA1031
    }

    /// <summary>A stream may be slow, long and last: limits meant for ordinary requests do not hold for it.</summary>
    private static void LetItStream(HttpContext http, bool endlessRequest)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<RequestTimeoutAttribute>() is null && metadata?.GetMetadata<RequestTimeoutPolicy>() is null)
        {
            http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        }

        if (!endlessRequest)
        {
            return;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}

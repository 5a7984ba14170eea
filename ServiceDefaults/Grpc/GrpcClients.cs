using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Museum.ServiceDefaults.Grpc;

/// <summary>Typed gRPC clients of the suite's services: found by discovery, balanced per call, with the caller's token and a deadline.</summary>
public static class GrpcClients
{
    /// <param name="services">Where the client is registered.</param>
    /// <param name="service">The resource's name in the AppHost, for example <c>textservice</c>.</param>
    /// <param name="deadline">For unary calls that set none; streams set their own.</param>
    public static IHttpClientBuilder AddMuseumGrpcClient<TClient>(this IServiceCollection services, string service, TimeSpan deadline)
        where TClient : class
    {
        services.AddHttpContextAccessor();
        return services
            .AddGrpcClient<TClient>(options => options.Address = new Uri($"http://_grpc.{service}"))
            .ConfigurePrimaryHttpMessageHandler(GrpcConnections.CreateHandler)
            .ConfigureChannel(GrpcConnections.StepToNextReplica)
            .AddInterceptor(provider => new CallerInterceptor(provider.GetRequiredService<IHttpContextAccessor>(), deadline));
    }

    /// <summary>Metadata that lets a call act for the owner of <paramref name="accessToken"/>.</summary>
    public static Metadata Bearer(string accessToken) => new() { { "authorization", "Bearer " + accessToken } };
}

/// <summary>Passes the caller's token on where the call brings none of its own, and gives unary calls a deadline.</summary>
internal sealed class CallerInterceptor(IHttpContextAccessor accessor, TimeSpan deadline) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var options = context.Options.Deadline is null ? context.Options.WithDeadline(DateTime.UtcNow + deadline) : context.Options;
        return continuation(request, WithToken(new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options)));
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, WithToken(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithToken(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(WithToken(context));

    private ClientInterceptorContext<TRequest, TResponse> WithToken<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var headers = context.Options.Headers;
        if (headers?.Get("authorization") is not null || accessor.HttpContext?.Request.Headers.Authorization.ToString() is not { Length: > 0 } token)
        {
            return context;
        }

        var forwarded = new Metadata { { "authorization", token } };
        foreach (var entry in headers ?? [])
        {
            forwarded.Add(entry);
        }

        return new(context.Method, context.Host, context.Options.WithHeaders(forwarded));
    }
}

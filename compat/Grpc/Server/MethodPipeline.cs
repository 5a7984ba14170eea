using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>From a request to the service's own method: interceptors around an instance that lives for the call.</summary>
internal static class MethodPipeline<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService, TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private static readonly Lazy<ObjectFactory<TService>> s_factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public static UnaryServerMethod<TRequest, TResponse> Build(
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> method, IReadOnlyList<InterceptorRegistration> interceptors)
    {
        UnaryServerMethod<TRequest, TResponse> pipeline = (request, context) =>
            WithServiceAsync(context, service => method(service, request, context));
        return interceptors.Reverse().Aggregate(pipeline, (next, registration) => (request, context) =>
            With(registration.Activate(ServicesOf(context)), interceptor => interceptor.UnaryServerHandler(request, context, next)));
    }

    public static ClientStreamingServerMethod<TRequest, TResponse> Build(
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> method, IReadOnlyList<InterceptorRegistration> interceptors)
    {
        ClientStreamingServerMethod<TRequest, TResponse> pipeline = (requests, context) =>
            WithServiceAsync(context, service => method(service, requests, context));
        return interceptors.Reverse().Aggregate(pipeline, (next, registration) => (requests, context) =>
            With(registration.Activate(ServicesOf(context)), interceptor => interceptor.ClientStreamingServerHandler(requests, context, next)));
    }

    public static ServerStreamingServerMethod<TRequest, TResponse> Build(
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> method, IReadOnlyList<InterceptorRegistration> interceptors)
    {
        ServerStreamingServerMethod<TRequest, TResponse> pipeline = (request, responses, context) =>
            WithServiceAsync(context, service => AsResult(method(service, request, responses, context)));
        return interceptors.Reverse().Aggregate(pipeline, (next, registration) => (request, responses, context) => With(
            registration.Activate(ServicesOf(context)),
            interceptor => AsResult(interceptor.ServerStreamingServerHandler(request, responses, context, next))));
    }

    public static DuplexStreamingServerMethod<TRequest, TResponse> Build(
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> method,
        IReadOnlyList<InterceptorRegistration> interceptors)
    {
        DuplexStreamingServerMethod<TRequest, TResponse> pipeline = (requests, responses, context) =>
            WithServiceAsync(context, service => AsResult(method(service, requests, responses, context)));
        return interceptors.Reverse().Aggregate(pipeline, (next, registration) => (requests, responses, context) => With(
            registration.Activate(ServicesOf(context)),
            interceptor => AsResult(interceptor.DuplexStreamingServerHandler(requests, responses, context, next))));
    }

    private static IServiceProvider ServicesOf(ServerCallContext context) => context.GetHttpContext().RequestServices;

    private static Task<TResult> WithServiceAsync<TResult>(ServerCallContext context, Func<TService, Task<TResult>> use)
    {
        var services = ServicesOf(context);
        return With(
            services.GetService<TService>() is { } registered
                ? new Activated<TService>(registered, isOwned: false)
                : new Activated<TService>(s_factory.Value(services, null), isOwned: true),
            use);
    }

    private static async Task<TResult> With<T, TResult>(Activated<T> activated, Func<T, Task<TResult>> use)
        where T : class
    {
        try
        {
            return await use(activated.Instance).ConfigureAwait(false);
        }
        finally
        {
            await activated.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private static async Task<bool> AsResult(Task task)
    {
        await task.ConfigureAwait(false);
        return true;
    }
}

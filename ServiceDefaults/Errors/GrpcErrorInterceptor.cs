using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Errors;

/// <summary>Turns what a gRPC method throws into the status of the taxonomy, with category and code in the trailers.</summary>
internal sealed partial class GrpcErrorInterceptor(ErrorMetrics metrics, ILogger<GrpcErrorInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(request, responseStream, context), context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(requestStream, context), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(() => continuation(requestStream, responseStream, context), context);

    private Task<bool> GuardAsync(Func<Task> call, ServerCallContext context) => GuardAsync(
        async () =>
        {
            await call();
            return true;
        },
        context);

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, ServerCallContext context)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        catch (Exception e) when (e is not RpcException { StatusCode: StatusCode.Cancelled })
        {
            var error = ErrorInfo.Of(e);
            metrics.Count(error);
            if (Recovery.Of(error).IsDefect)
            {
                LogFailure(logger, e, context.Method);
            }

            throw new RpcException(new Status(error.GrpcStatus, error.Message), new Metadata
            {
                { ErrorTrailers.Code, error.Code },
                { ErrorTrailers.Category, error.CategoryName },
            });
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method);
}

using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Errors;

/// <summary>Writes every failure as RFC 9457 problem details with category, code, retryable and trace id.</summary>
internal sealed partial class ProblemDetailsHandler(ErrorResponse response, ILogger<ProblemDetailsHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = 499;
            return true;
        }

        var error = ErrorInfo.Of(exception);
        if (Recovery.Of(error).IsDefect)
        {
            LogDefect(logger, exception, error.Code);
        }
        else if (error.HttpStatus >= 500)
        {
            LogFailure(logger, error.Category, error.Code, exception.Message);
        }

        return await response.WriteAsync(httpContext, error);
    }

    /// <summary>Gives problems that the framework writes itself (404, 405, 401…) the same members. Every problem passes here once, and is counted.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var members = context.ProblemDetails.Extensions;
        members.Remove("traceId");
        members["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        foreach (var (key, value) in ErrorResponse.Members(ErrorInfo.OfStatus(status)))
        {
            members.TryAdd(key, value);
        }

        context.HttpContext.RequestServices.GetRequiredService<ErrorMetrics>().Count((string)members["category"]!, (string)members["code"]!);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {Code}")]
    private static partial void LogDefect(ILogger logger, Exception exception, string code);

    // Without a stack: what is away is away for everybody, and its log would drown the rest.
    [LoggerMessage(Level = LogLevel.Warning, Message = "A request failed: {Category} {Code}: {Reason}")]
    private static partial void LogFailure(ILogger logger, ErrorCategory category, string code, string reason);
}

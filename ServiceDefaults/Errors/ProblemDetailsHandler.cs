using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Museum.ServiceDefaults.Errors;

/// <summary>Writes every failure as RFC 9457 problem details with category, code, retryable and trace id.</summary>
internal sealed partial class ProblemDetailsHandler(IProblemDetailsService problems, ErrorMetrics metrics, ILogger<ProblemDetailsHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = 499;
            return true;
        }

        var error = ErrorInfo.Of(exception);
        metrics.Count(error);
        if (error.HttpStatus >= 500)
        {
            LogFailure(logger, exception, error.Category, error.Code);
        }

        httpContext.Response.StatusCode = error.HttpStatus;
        if (error.RetryAfter is { } retryAfter)
        {
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = error.HttpStatus, Detail = error.Message, Extensions = Members(error) },
        });
    }

    /// <summary>Gives problems that the framework writes itself (404, 405, 401…) the same members.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var members = context.ProblemDetails.Extensions;
        members.Remove("traceId");
        members["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        if (!members.ContainsKey("code"))
        {
            foreach (var (key, value) in Members(ErrorInfo.OfStatus(status)))
            {
                members[key] = value;
            }
        }
    }

    private static Dictionary<string, object?> Members(ErrorInfo error) => new()
    {
        ["category"] = error.Category.ToString().ToLowerInvariant(),
        ["code"] = error.Code,
        ["retryable"] = error.Retryable,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {Category} {Code}")]
    private static partial void LogFailure(ILogger logger, Exception exception, ErrorCategory category, string code);
}

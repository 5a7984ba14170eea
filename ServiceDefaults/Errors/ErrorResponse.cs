using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Museum.ServiceDefaults.Errors;

/// <summary>Tells a caller over HTTP what went wrong, and counts it: as RFC 9457 problem details, or to a gRPC client as its status.</summary>
public sealed class ErrorResponse(IProblemDetailsService problems, ErrorMetrics metrics)
{
    /// <returns>False: nobody can write it in a form that the caller takes.</returns>
    public ValueTask<bool> WriteAsync(HttpContext context, ErrorInfo error) =>
        context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true
            ? WriteGrpcStatus(context.Response, error)
            : WriteProblemAsync(context, error);

    internal static Dictionary<string, object?> Members(ErrorInfo error) => new()
    {
        ["category"] = error.CategoryName,
        ["code"] = error.Code,
        ["retryable"] = error.Retryable,
    };

    // Counted by whoever completes the problem.
    private ValueTask<bool> WriteProblemAsync(HttpContext context, ErrorInfo error)
    {
        context.Response.StatusCode = error.HttpStatus;
        if (error.ComeBackIn is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = error.HttpStatus, Detail = error.Message, Extensions = Members(error) },
        });
    }

    // A response of headers only: HTTP says 200, gRPC says the rest.
    private ValueTask<bool> WriteGrpcStatus(HttpResponse response, ErrorInfo error)
    {
        metrics.Count(error);
        response.Clear();
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)error.GrpcStatus).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = error.Message;
        response.Headers[ErrorTrailers.Code] = error.Code;
        response.Headers[ErrorTrailers.Category] = error.CategoryName;
        return ValueTask.FromResult(true);
    }
}

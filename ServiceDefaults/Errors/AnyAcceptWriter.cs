using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Museum.ServiceDefaults.Errors;

/// <summary>
/// The framework's writer keeps silent where the client accepts no JSON, and an exception then ends as a bare 500. Who asked for
/// <c>audio/wav</c> gets our problem details too: RFC 9110 §12.5.1 lets a server answer so.
/// </summary>
internal sealed class AnyAcceptWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemDetailsHandler.Complete(context);
        return new(context.HttpContext.Response.WriteAsJsonAsync(
            context.ProblemDetails, json.Value.SerializerOptions, "application/problem+json", context.HttpContext.RequestAborted));
    }
}

using Microsoft.AspNetCore.Mvc;

namespace Museum.Gateway.Edge;

/// <summary>What is for the house only is not there for those outside, not even behind a login: 404.</summary>
internal static class InternalPaths
{
    private static readonly PathString[] Hidden = ["/alive", "/grpc.health.v1.Health", "/museum.session.v1.Sessions"];

    public static void UseInternalPaths(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Hidden.Any(path => context.Request.Path.StartsWithSegments(path)))
        {
            await WriteNotFoundAsync(context);
            return;
        }

        await next(context);
    });

    public static async Task WriteNotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = StatusCodes.Status404NotFound },
        });
    }
}

using Microsoft.AspNetCore.Authentication;

namespace Museum.Gateway.Edge;

/// <summary>A socket may open without a token (REGISTER brings it), but not with one that is not good: 401 before anything is accepted.</summary>
internal static class HandshakeGuard
{
    public static void UseHandshakeGuard(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/ws") && await context.AuthenticateAsync() is { Failure: not null })
        {
            await context.ChallengeAsync();
            return;
        }

        await next(context);
    });
}

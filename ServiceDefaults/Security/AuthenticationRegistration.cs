using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Security;

/// <summary>Every endpoint asks for a valid token of a living session unless it says <c>AllowAnonymous</c>.</summary>
internal static class AuthenticationRegistration
{
    public static void AddMuseumAuthentication(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RevokedSessions>();
        services.AddSingleton<IVersionedState>(p => p.GetRequiredService<RevokedSessions>());
        services.TryAddSingleton<PublishedKeys>();
        // A seam for SessionService alone, which has the keys at hand.
        services.TryAddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(p => p.GetRequiredService<PublishedKeys>());
        services.AddSingleton<TokenReader>();
        services.AddHttpContextAccessor();
        services.AddSingleton<AuditLog>();
        services.AddHttpClient(PublishedKeys.ClientName, client =>
        {
            client.BaseAddress = new Uri("http://sessionservice");
            // Its pipeline's.
            client.Timeout = Timeout.InfiniteTimeSpan;
        });
        // Without keys nobody can enter, and a SessionService that has just started may be slow.
        services.AddPipeline(PublishedKeys.Pipeline, o => (o.Timeout, o.Retries, o.BreakFor) = (TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(2)));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IConfigurationManager<OpenIdConnectConfiguration>>((options, keys) =>
        {
            options.MapInboundClaims = false;
            // VoiceCallService acts for the visitor with the token that the socket was opened with.
            options.SaveToken = true;
            options.TokenValidationParameters = MuseumTokens.Validation();
            options.ConfigurationManager = keys;
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = ReadWebSocketTokenAsync,
                OnTokenValidated = RefuseRevokedAsync,
                OnChallenge = ChallengeAsync,
            };
        });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Roles.Curator, p => p.RequireRole(Roles.Curator, Roles.Admin))
            .AddPolicy(Roles.Operator, p => p.RequireRole(Roles.Operator, Roles.Admin))
            .AddPolicy(Roles.Admin, p => p.RequireRole(Roles.Admin));
    }

    /// <summary>Browsers cannot set headers on a WebSocket: the token may come as <c>?access_token=</c> or as subprotocol <c>bearer.TOKEN</c> (protocol.md, Opening).</summary>
    private static Task ReadWebSocketTokenAsync(MessageReceivedContext context)
    {
        // Read from the headers: authentication runs before the WebSocket middleware knows the request.
        var headers = context.Request.Headers;
        if (headers.Upgrade.Contains("websocket", StringComparer.OrdinalIgnoreCase) && !headers.ContainsKey("Authorization"))
        {
            context.Token = context.Request.Query["access_token"].FirstOrDefault()
                ?? headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol")
                    .FirstOrDefault(p => p.StartsWith("bearer.", StringComparison.Ordinal))?["bearer.".Length..];
        }

        return Task.CompletedTask;
    }

    private static Task RefuseRevokedAsync(TokenValidatedContext context)
    {
        var revoked = context.HttpContext.RequestServices.GetRequiredService<RevokedSessions>();
        if (context.Principal?.SessionId() is not { } session || revoked.Contains(session))
        {
            context.Fail("The session has ended.");
        }
        else if (context.Principal.FindAll(MuseumTokens.RoleClaim).Any(r => r.Value != Roles.Visitor)
            && !context.HttpContext.RequestServices.GetRequiredService<RedisStore>().IsConnected)
        {
            // Visitors continue on their signatures; who may do more waits, for nobody could say that this session was ended (architecture.md, State).
            context.Fail(new DependencyException("redis_unavailable", "The session store is away; only visitors can go on."));
        }

        return Task.CompletedTask;
    }

    /// <summary>Not knowing is not the caller's fault: the exception handler says 503 and what is away, instead of 401.</summary>
    private static Task ChallengeAsync(JwtBearerChallengeContext context) =>
        context.AuthenticateFailure is DependencyException away ? throw away : Task.CompletedTask;
}

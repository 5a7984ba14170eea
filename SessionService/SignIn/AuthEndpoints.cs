using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.SessionService.Accounts;
using Museum.SessionService.Admin;
using Museum.SessionService.Tokens;

namespace Museum.SessionService.SignIn;

/// <summary><c>/api/auth</c>: come in, see who one is, change one's password. The OAuth endpoint is <see cref="OAuthEndpoint"/>.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder endpoints)
    {
        var auth = endpoints.MapGroup("/api/auth").WithTags("auth");

        auth.MapPost("/visitor", async (VisitorRequest? request, HttpContext http, SignInService signIn, CancellationToken cancellationToken) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return TypedResults.Ok(await signIn.AsVisitorAsync(LanguageOf(request?.Language, http), cancellationToken));
            })
            .AllowAnonymous()
            .ProducesProblem(400)
            .WithSummary("A token for this device; a visitor needs no account");

        auth.MapPost("/login", async (LoginRequest request, HttpContext http, SignInService signIn, CancellationToken cancellationToken) =>
            {
                http.Response.Headers.CacheControl = "no-store";
                return TypedResults.Ok(await signIn.WithPasswordAsync(
                    request.Account, request.Password, LanguageOf(request.Language, http), AddressOf(http), resumed: null, cancellationToken));
            })
            .AllowAnonymous()
            .ProducesProblem(401)
            .ProducesProblem(429)
            .WithSummary("Sign in with an account");

        auth.MapGet("/me", (ClaimsPrincipal caller) => TypedResults.Ok(Me.Of(caller)))
            .WithSummary("Who the token says one is");

        auth.MapPost("/password", ChangePasswordAsync)
            .ProducesProblem(400)
            .ProducesProblem(401)
            .WithSummary("Change one's own password; ends one's other sessions");
    }

    public static string LanguageOf(string? asked, HttpContext http) => Languages.Choose(asked, http.Request.Headers.AcceptLanguage);

    public static string? AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    private static async Task<IResult> ChangePasswordAsync(
        PasswordRequest request, ClaimsPrincipal caller, HttpContext http, AccountStore accounts, LoginThrottle throttle, SignInService signIn, AuditLog audit, CancellationToken cancellationToken)
    {
        var name = Me.Of(caller).Account ?? throw new ClientException("no_account", "This token is not an account's.", StatusCodes.Status403Forbidden);
        var attempt = throttle.Begin(name, AddressOf(http));
        if (await accounts.VerifyAsync(name, request.CurrentPassword, cancellationToken) is null)
        {
            throw new ClientException("credentials_invalid", "The current password is wrong.", StatusCodes.Status401Unauthorized);
        }

        attempt.Succeeded();
        await accounts.ChangeAsync(name, request.NewPassword, roles: null, cancellationToken);
        audit.Write(caller, "account.password", name);
        await signIn.EndAllAsync(name, except: caller.SessionId(), cancellationToken);
        return TypedResults.NoContent();
    }
}

internal sealed record VisitorRequest(string? Language = null);

internal sealed record LoginRequest
{
    public required string Account { get; init; }
    public required string Password { get; init; }
    public string? Language { get; init; }
}

internal sealed record PasswordRequest
{
    public required string CurrentPassword { get; init; }
    public required string NewPassword { get; init; }
}

/// <summary>Account is absent for visitors and API keys.</summary>
internal sealed record Me(string SessionId, string Subject, string? Account, IReadOnlyList<string> Roles, string Language)
{
    public static Me Of(ClaimsPrincipal caller)
    {
        var session = caller.SessionId() ?? "";
        var subject = caller.FindFirstValue(MuseumTokens.NameClaim) ?? "";
        return new Me(
            session,
            subject,
            subject == session || subject.Contains(':', StringComparison.Ordinal) ? null : subject,
            [.. caller.FindAll(MuseumTokens.RoleClaim).Select(c => c.Value)],
            caller.FindFirstValue(MuseumTokens.LanguageClaim) ?? Languages.Default);
    }
}

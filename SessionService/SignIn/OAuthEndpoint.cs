using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.SessionService.Tokens;

namespace Museum.SessionService.SignIn;

/// <summary>
/// <c>POST /api/auth/token</c> (RFC 6749): <c>refresh_token</c> and <c>client_credentials</c>, with the API key as client secret, as a form or
/// as JSON, the client's credentials in the body or by HTTP Basic. Refusals are problem details that carry the RFC's <c>error</c> as well.
/// </summary>
internal static class OAuthEndpoint
{
    public static void MapOAuth(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/auth/token", AnswerAsync)
        .Accepts<TokenRequest>("application/x-www-form-urlencoded", "application/json")
        .Produces<TokenAnswer>()
        .ProducesProblem(400)
        .ProducesProblem(401)
        .AllowAnonymous()
        .WithTags("auth")
        .WithSummary("OAuth 2: the next tokens for a session, or tokens for an API key");

    private static async Task<Results<Ok<TokenAnswer>, ProblemHttpResult>> AnswerAsync(HttpContext http, SignInService signIn, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var request = await ReadAsync(http.Request, cancellationToken);
        try
        {
            return request.GrantType switch
            {
                "refresh_token" when request.RefreshToken is { Length: > 0 } token =>
                    TypedResults.Ok(await signIn.WithRefreshTokenAsync(token, cancellationToken)),
                "client_credentials" when (SecretFromHeader(http.Request) ?? request.ClientSecret) is { Length: > 0 } secret =>
                    TypedResults.Ok(await signIn.WithApiKeyAsync(secret, AuthEndpoints.LanguageOf(request.Language, http), resumed: null, cancellationToken)),
                "refresh_token" or "client_credentials" => Refuse(400, "invalid_request", "A parameter that the grant needs is missing."),
                null or "" => Refuse(400, "invalid_request", "grant_type is missing."),
                _ => Refuse(400, "unsupported_grant_type", "The grants are refresh_token and client_credentials."),
            };
        }
        catch (ClientException e) when (e.Status == StatusCodes.Status401Unauthorized)
        {
            return request.GrantType == "refresh_token"
                ? Refuse(400, "invalid_grant", e.Message, e.Code)
                : Refuse(401, "invalid_client", e.Message, e.Code);
        }
    }

    private static async Task<TokenRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return new TokenRequest(form["grant_type"], form["refresh_token"], form["client_id"], form["client_secret"], form["language"]);
        }

        if (!request.HasJsonContentType())
        {
            throw new ClientException("unsupported_media_type", "Send a form or JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await request.ReadFromJsonAsync<TokenRequest>(ProtocolJson.Options, cancellationToken) ?? new TokenRequest();
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is not the JSON that is wanted here.", e);
        }
    }

    /// <summary>The password of HTTP Basic, where the user is whatever the client calls itself.</summary>
    private static string? SecretFromHeader(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var buffer = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [_, var secret]
                ? Uri.UnescapeDataString(secret)
                : null;
    }

    private static ProblemHttpResult Refuse(int status, string error, string description, string? code = null) => TypedResults.Problem(new ProblemDetails
    {
        Status = status,
        Detail = description,
        Extensions =
        {
            ["error"] = error,
            ["error_description"] = description,
            ["category"] = "client",
            ["code"] = code ?? error,
            ["retryable"] = false,
        },
    });
}

/// <param name="GrantType"><c>refresh_token</c> or <c>client_credentials</c>.</param>
/// <param name="ClientId">Taken and not needed: an API key says whose it is.</param>
/// <param name="ClientSecret">The API key.</param>
/// <param name="Language">Of the session that an API key opens.</param>
internal sealed record TokenRequest(
    string? GrantType = null, string? RefreshToken = null, string? ClientId = null, string? ClientSecret = null, string? Language = null);

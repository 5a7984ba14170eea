using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway.Edge;

/// <summary>The session that an API key opened; without a token: nobody knows the key.</summary>
internal sealed record KeySession(string? Token, string? Session)
{
    /// <summary>Tokens live for ten minutes. In memory only: it is as good as the key. A key that is made now works soon.</summary>
    public static CacheKind<KeySession> Kind { get; } = new("api-keys")
    {
        SizeOf = _ => 2_048,
        IsNegative = session => session.Token is null,
        Defaults = options => (options.MemoryMb, options.TimeToLive, options.NegativeTimeToLive) = (2, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
    };
}

/// <summary>
/// Programs that know no tokens (SRS clients) send their API key as <c>X-API-Key</c> with every request to <c>/api</c>. Here it becomes the
/// bearer token of a session of SessionService's, so that roles, limits and revocation are the same for everybody; the key goes no further.
/// </summary>
internal sealed class ApiKeyLift(IHttpClientFactory clients, Pipelines pipelines, ICache<KeySession> sessions, RevokedSessions revoked, ErrorResponse errors)
{
    public const string Header = "X-API-Key";
    public const string ClientName = "api-key";

    // `museum_` and 256 bits in base64url; what looks otherwise is not asked about.
    private const int LongestKey = 64;

    public async Task LiftAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var key = headers[Header].ToString();
        headers.Remove(Header);
        if (key.Length is > 0 and <= LongestKey && headers.Authorization.Count == 0 && context.Request.Path.StartsWithSegments("/api"))
        {
            try
            {
                if (await TokenAsync(key, context.RequestAborted) is { } token)
                {
                    headers.Authorization = "Bearer " + token;
                }
            }
            catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
            {
                // Nobody can say whose key it is: that is no 401.
                await errors.WriteAsync(context, ErrorInfo.Of(e));
                return;
            }
        }

        await next(context);
    }

    private async Task<string?> TokenAsync(string key, CancellationToken cancellationToken)
    {
        var name = CacheKey.Of(("key", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));
        var found = await sessions.GetOrCreateAsync(name, ct => OpenAsync(key, ct), cancellationToken: cancellationToken);
        if (found.Session is { } session && revoked.Contains(session))
        {
            // Ended, but not for that the key is: it may open another.
            await sessions.RemoveAsync(name, cancellationToken);
            found = await sessions.GetOrCreateAsync(name, ct => OpenAsync(key, ct), cancellationToken: cancellationToken);
        }

        return found.Token;
    }

    private async Task<KeySession> OpenAsync(string key, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        return await pipelines.Of(PublishedKeys.Pipeline).ExecuteAsync(
            async attempt =>
            {
                using var response = await client.PostAsJsonAsync("http://sessionservice/api/auth/token", new { GrantType = "client_credentials", ClientSecret = key }, ProtocolJson.Options, attempt);
                if (response.StatusCode == HttpStatusCode.Unauthorized)
                {
                    return new KeySession(null, null);
                }

                response.EnsureSuccessStatusCode();
                var answer = await response.Content.ReadFromJsonAsync<Opened>(ProtocolJson.Options, attempt);
                return new KeySession(answer!.AccessToken, answer.SessionId);
            },
            cancellationToken);
    }

    private sealed record Opened(string AccessToken, string SessionId);
}

internal static class ApiKeyLiftRegistration
{
    public static void AddApiKeyLift(this IServiceCollection services)
    {
        // Its time is its pipeline's.
        services.AddHttpClient(ApiKeyLift.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan);
        services.AddCache(KeySession.Kind);
        services.AddSingleton<ApiKeyLift>();
    }

    public static void UseApiKeyLift(this WebApplication app)
    {
        var lift = app.Services.GetRequiredService<ApiKeyLift>();
        app.Use((context, next) => context.Request.Headers.ContainsKey(ApiKeyLift.Header) ? lift.LiftAsync(context, next) : next(context));
    }
}

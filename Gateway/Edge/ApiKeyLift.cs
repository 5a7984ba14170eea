using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.Gateway.Limits;
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
        SizeOf = session => session.Token is null ? 256 : 2_048,
        IsNegative = session => session.Token is null,
        Defaults = options => (options.MemoryMb, options.TimeToLive, options.NegativeTimeToLive) = (2, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
    };
}

/// <summary>
/// Programs that know no tokens (SRS clients) send their API key as <c>X-API-Key</c> with every request to <c>/api</c>. Here it becomes the
/// bearer token of a session of SessionService's, so that roles, limits and revocation are the same for everybody; the key goes no further.
/// </summary>
internal sealed partial class ApiKeyLift(
    IHttpClientFactory clients,
    Pipelines pipelines,
    ICache<KeySession> sessions,
    RevokedSessions revoked,
    LocalWindows asked,
    IOptionsMonitor<RateLimitOptions> limits,
    ErrorResponse errors)
{
    public const string Header = "X-API-Key";
    public const string ClientName = "api-key";

    /// <summary>Its own: whoever tries keys out must not open the breaker before the keys that all tokens are checked with.</summary>
    public const string Pipeline = "api-key";

    public async Task LiftAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var key = headers[Header].ToString();
        headers.Remove(Header);
        if (KeyPattern().IsMatch(key) && headers.Authorization.Count == 0 && context.Request.Path.StartsWithSegments("/api"))
        {
            try
            {
                if (await TokenAsync(key, RequestLimit.AddressOf(context), context.RequestAborted) is { } token)
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

    private async Task<string?> TokenAsync(string key, string address, CancellationToken cancellationToken)
    {
        var name = CacheKey.Of(("key", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));
        var found = await sessions.GetOrCreateAsync(name, ct => OpenAsync(key, address, ct), cancellationToken: cancellationToken);
        if (found.Session is { } session && revoked.Contains(session))
        {
            // Ended, but not for that the key is: it may open another.
            await sessions.RemoveAsync(name, cancellationToken);
            found = await sessions.GetOrCreateAsync(name, ct => OpenAsync(key, address, ct), cancellationToken: cancellationToken);
        }

        return found.Token;
    }

    private async Task<KeySession> OpenAsync(string key, string address, CancellationToken cancellationToken)
    {
        // The limit on requests comes after the token, and counts by session: here is none yet, and each unknown key costs a look-up.
        var settings = limits.CurrentValue;
        var verdict = asked.Take(new Allowance("api_key", address, settings.AnonymousPermitLimit ?? settings.PermitLimit, settings.WindowSeconds));
        if (!verdict.IsAdmitted)
        {
            throw new ResourceException("rate_limited", "Too many API keys from one address.") { RetryAfter = verdict.Reset };
        }

        using var client = clients.CreateClient(ClientName);
        return await pipelines.Of(Pipeline).ExecuteAsync(
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

    /// <summary><c>museum_</c> and 256 bits in base64url; what looks otherwise is not asked about.</summary>
    [GeneratedRegex(@"^museum_[A-Za-z0-9_-]{43}\z")]
    private static partial Regex KeyPattern();

    private sealed record Opened(string AccessToken, string SessionId);
}

internal static class ApiKeyLiftRegistration
{
    public static void AddApiKeyLift(this IServiceCollection services)
    {
        // Its time is its pipeline's.
        services.AddHttpClient(ApiKeyLift.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan);
        services.AddPipeline(ApiKeyLift.Pipeline, o => (o.Timeout, o.Retries, o.BreakFor) = (TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(2)));
        services.AddCache(KeySession.Kind);
        services.AddSingleton<ApiKeyLift>();
    }

    public static void UseApiKeyLift(this WebApplication app)
    {
        var lift = app.Services.GetRequiredService<ApiKeyLift>();
        app.Use((context, next) => context.Request.Headers.ContainsKey(ApiKeyLift.Header) ? lift.LiftAsync(context, next) : next(context));
    }
}

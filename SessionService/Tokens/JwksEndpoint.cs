using Microsoft.IdentityModel.Tokens;

namespace Museum.SessionService.Tokens;

/// <summary><c>GET /.well-known/jwks.json</c>: the public keys (RFC 7517), two of them during a rotation.</summary>
internal static class JwksEndpoint
{
    public static void MapJwks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/.well-known/jwks.json", (KeyRing keys, HttpResponse response) =>
            {
                // Half of the time that a key is published before it signs.
                response.Headers.CacheControl = "public, max-age=300";
                return TypedResults.Ok(new PublishedKeySet([.. keys.Published.Select(Public)]));
            })
            .AllowAnonymous()
            .WithTags("auth")
            .WithSummary("The public keys that access tokens are verified by");

    private static PublishedKey Public(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new PublishedKey("EC", "P-256", key.KeyId, "sig", "ES256", Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }
}

internal sealed record PublishedKeySet(IReadOnlyList<PublishedKey> Keys);

internal sealed record PublishedKey(string Kty, string Crv, string Kid, string Use, string Alg, string X, string Y);

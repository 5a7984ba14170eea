using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.SessionService.ApiKeys;
using Museum.SessionService.SignIn;

namespace Museum.SessionService.Admin;

/// <summary><c>/api/admin/api-keys</c>, for admins.</summary>
internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/api/admin/api-keys").RequireAuthorization(Roles.Admin).WithTags("admin");

        keys.MapGet("", async (ApiKeyStore store, CancellationToken cancellationToken) =>
                TypedResults.Ok(new ApiKeyList([.. (await store.ListAsync(cancellationToken)).Select(k => new ApiKeyView(k.Id, k.Name, k.Roles, k.CreatedAt))])))
            .WithSummary("All API keys, without the keys themselves");

        keys.MapPost("", async (NewApiKey request, ClaimsPrincipal caller, HttpResponse response, ApiKeyStore store, AuditLog audit, CancellationToken cancellationToken) =>
            {
                var (key, secret) = await store.AddAsync(request.Name, request.Roles, cancellationToken);
                audit.Write(caller, "api_key.add", key.Id);
                response.Headers.CacheControl = "no-store";
                return TypedResults.Created((string?)null, new ApiKeyMade(key.Id, key.Name, key.Roles, key.CreatedAt, secret));
            })
            .ProducesProblem(400)
            .WithSummary("Make an API key; it is shown this once");

        keys.MapDelete("/{id}", async (string id, ClaimsPrincipal caller, ApiKeyStore store, SignInService signIn, AuditLog audit, CancellationToken cancellationToken) =>
            {
                if (!await store.RemoveAsync(id, cancellationToken))
                {
                    throw new ClientException("api_key_unknown", "There is no API key of this id.", StatusCodes.Status404NotFound);
                }

                audit.Write(caller, "api_key.remove", id);
                await signIn.EndAllAsync(SignInService.SubjectOfKey(id), except: null, cancellationToken);
                return TypedResults.NoContent();
            })
            .ProducesProblem(404)
            .WithSummary("Remove an API key; ends its sessions");
    }
}

internal sealed record NewApiKey
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
}

internal sealed record ApiKeyView(string Id, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);

internal sealed record ApiKeyList(IReadOnlyList<ApiKeyView> ApiKeys);

internal sealed record ApiKeyMade(string Id, string Name, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, string ApiKey);

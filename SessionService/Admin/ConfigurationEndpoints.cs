using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Admin;

/// <summary>
/// <c>/api/admin/config</c>, for operators. It lives here because the audit log and the rest of the administration do; the services
/// concerned are not asked: they declare their settings in the store and read their overrides from it.
/// </summary>
internal static class ConfigurationEndpoints
{
    /// <summary>Changes without If-Match are tried again when another was quicker.</summary>
    private const int Attempts = 5;

    public static void MapConfiguration(this IEndpointRouteBuilder endpoints)
    {
        var config = endpoints.MapGroup("/api/admin/config").RequireAuthorization(Roles.Operator).WithTags("admin");

        config.MapGet("", async (OverrideStore store, HttpResponse response, CancellationToken cancellationToken) =>
            {
                var overrides = await store.ReadAsync(cancellationToken);
                var reports = await store.ReportsAsync(cancellationToken);
                var catalogs = await store.CatalogsAsync(cancellationToken);
                response.Headers.ETag = TagOf(overrides);
                response.Headers.CacheControl = "no-store";
                return TypedResults.Ok(ConfigurationView.Of(overrides, catalogs, reports));
            })
            .WithSummary("The configuration in force, service by service, with the source of each value; overrides; what may be changed");

        config.MapPatch("", ChangeAsync)
            .Accepts<Dictionary<string, Dictionary<string, JsonElement>?>>("application/merge-patch+json", "application/json")
            .Produces<OverridesView>()
            .ProducesProblem(412)
            .ProducesProblem(422)
            .WithSummary("Change settings while the services run: {\"SERVICE or global\": {\"Key:Sub\": value, or null for the default}}");
    }

    private static async Task<IResult> ChangeAsync(
        Dictionary<string, Dictionary<string, JsonElement>?> patch,
        ClaimsPrincipal caller,
        HttpContext http,
        OverrideStore store,
        SecretBox secrets,
        AuditLog audit,
        CancellationToken cancellationToken)
    {
        var match = http.Request.Headers.IfMatch.ToString();
        var catalogs = await store.CatalogsAsync(cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var current = await store.ReadAsync(cancellationToken);
            if (match.Length > 0 && match != "*" && match != TagOf(current))
            {
                break;
            }

            var change = new ConfigurationChange(catalogs, secrets, caller.IsInRole(Roles.Admin));
            var next = change.Apply(current, patch);
            if (change.Refused.Count > 0)
            {
                return Refused(change.Refused);
            }

            if (change.Changes.Count == 0)
            {
                return Done(http, current);
            }

            if (await store.ReplaceAsync(current, next, cancellationToken))
            {
                foreach (var changed in change.Changes)
                {
                    audit.Write(caller, "config.change", changed);
                }

                return Done(http, next);
            }
        }

        throw new ClientException("config_changed", "Somebody else has changed the configuration meanwhile; read it again.", StatusCodes.Status412PreconditionFailed);
    }

    private static Ok<OverridesView> Done(HttpContext http, OverrideDocument document)
    {
        http.Response.Headers.ETag = TagOf(document);
        return TypedResults.Ok(OverridesView.Of(document));
    }

    private static ProblemHttpResult Refused(IReadOnlyList<RefusedSetting> refused) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: string.Join(" ", refused.Take(5).Select(r => $"{r.Key}: {r.Reason}")),
        extensions: new Dictionary<string, object?>
        {
            ["category"] = "client",
            ["code"] = "config_invalid",
            ["retryable"] = false,
            ["errors"] = refused.Select(RefusedView.Of).ToArray(),
        });

    private static string TagOf(OverrideDocument document) => $"\"{document.Version.ToString(CultureInfo.InvariantCulture)}\"";
}

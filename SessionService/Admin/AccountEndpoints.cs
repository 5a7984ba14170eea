using System.Security.Claims;
using Museum.ServiceDefaults.Security;
using Museum.SessionService.Accounts;
using Museum.SessionService.SignIn;

namespace Museum.SessionService.Admin;

/// <summary><c>/api/admin/accounts</c>, for admins.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        var accounts = endpoints.MapGroup("/api/admin/accounts").RequireAuthorization(Roles.Admin).WithTags("admin");

        accounts.MapGet("", async (AccountStore store, CancellationToken cancellationToken) =>
                TypedResults.Ok(new AccountList([.. (await store.ListAsync(cancellationToken)).Select(View)])))
            .WithSummary("All accounts");

        accounts.MapGet("/{name}", async (string name, AccountStore store, CancellationToken cancellationToken) =>
                TypedResults.Ok(View(await store.FindAsync(name, cancellationToken) ?? throw AccountStore.Unknown())))
            .ProducesProblem(404)
            .WithSummary("One account");

        accounts.MapPost("", async (NewAccount request, ClaimsPrincipal caller, AccountStore store, AuditLog audit, CancellationToken cancellationToken) =>
            {
                var account = await store.AddAsync(request.Account, request.Password, request.Roles, isFirst: false, cancellationToken);
                audit.Write(caller, "account.add", account.Name);
                return TypedResults.Created($"/api/admin/accounts/{account.Name}", View(account));
            })
            .ProducesProblem(400)
            .ProducesProblem(409)
            .WithSummary("Add an account");

        accounts.MapPatch("/{name}", async (string name, AccountChange request, ClaimsPrincipal caller, AccountStore store, SignInService signIn, AuditLog audit, CancellationToken cancellationToken) =>
            {
                var account = await store.ChangeAsync(name, request.Password, request.Roles, cancellationToken);
                audit.Write(caller, "account.change", account.Name);
                await signIn.EndAllAsync(account.Name, except: null, cancellationToken);
                return TypedResults.Ok(View(account));
            })
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithSummary("Give an account another password or other roles; ends its sessions");

        accounts.MapDelete("/{name}", async (string name, ClaimsPrincipal caller, AccountStore store, SignInService signIn, AuditLog audit, CancellationToken cancellationToken) =>
            {
                await store.RemoveAsync(name, cancellationToken);
                audit.Write(caller, "account.remove", name);
                await signIn.EndAllAsync(name.ToLowerInvariant(), except: null, cancellationToken);
                return TypedResults.NoContent();
            })
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithSummary("Remove an account; ends its sessions");
    }

    private static AccountView View(Account account) => new(account.Name, account.Roles, account.CreatedAt);
}

internal sealed record NewAccount
{
    public required string Account { get; init; }
    public required string Password { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
}

internal sealed record AccountChange(string? Password = null, IReadOnlyList<string>? Roles = null);

internal sealed record AccountView(string Account, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);

internal sealed record AccountList(IReadOnlyList<AccountView> Accounts);

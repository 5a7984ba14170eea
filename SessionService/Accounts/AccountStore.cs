using Microsoft.EntityFrameworkCore;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Accounts;

/// <summary>Accounts, kept in SQLite. Names are compared in lower case; a change is a transaction that excludes the others (BEGIN IMMEDIATE).</summary>
internal sealed class AccountStore(IDbContextFactory<AccountsContext> database, PasswordHash hash, FirstPassword firstPassword, TimeProvider time)
{
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.Accounts.AsNoTracking().OrderBy(a => a.Name).ToListAsync(cancellationToken);
    }

    public async Task<Account?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await Find(context, name, cancellationToken);
    }

    /// <summary>The account, if the password is its own; takes as long for one that does not exist.</summary>
    public async Task<Account?> VerifyAsync(string name, string password, CancellationToken cancellationToken)
    {
        var account = await FindAsync(name, cancellationToken);
        return await hash.VerifyAsync(password, account?.Password, cancellationToken) ? account : null;
    }

    /// <exception cref="ClientException">400: name, password or roles are not as <see cref="AccountRules"/> wants them. 409 <c>account_exists</c>.</exception>
    public async Task<Account> AddAsync(string name, string password, IReadOnlyList<string> roles, bool isFirst, CancellationToken cancellationToken)
    {
        var account = new Account
        {
            Name = AccountRules.Name(name),
            Roles = AccountRules.KnownRoles(roles),
            Password = await hash.CreateAsync(AccountRules.Password(password, name), cancellationToken),
            CreatedAt = time.GetUtcNow(),
            HasFirstPassword = isFirst,
        };
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        await using var turn = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await Find(context, name, cancellationToken) is not null)
        {
            throw new ClientException("account_exists", "There is an account of this name.", StatusCodes.Status409Conflict);
        }

        context.Accounts.Add(account);
        await context.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return account;
    }

    /// <param name="name">Whose.</param>
    /// <param name="password">The new one; null leaves it.</param>
    /// <param name="roles">The new ones; null leaves them.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="ClientException">404 <c>account_unknown</c>, 409 <c>last_admin</c>, or 400 as for <see cref="AddAsync"/>.</exception>
    public async Task<Account> ChangeAsync(string name, string? password, IReadOnlyList<string>? roles, CancellationToken cancellationToken)
    {
        var hashed = password is null ? null : await hash.CreateAsync(AccountRules.Password(password, name), cancellationToken);
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        await using var turn = await context.Database.BeginTransactionAsync(cancellationToken);
        var account = await Find(context, name, cancellationToken) ?? throw Unknown();
        if (roles is not null)
        {
            if (!roles.Contains(Roles.Admin))
            {
                await DemandAnotherAdminAsync(context, account, cancellationToken);
            }

            account.Roles = AccountRules.KnownRoles(roles);
        }

        var hadFirst = account.HasFirstPassword;
        if (hashed is not null)
        {
            account.Password = hashed;
            account.HasFirstPassword = false;
        }

        await context.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        if (hadFirst && hashed is not null)
        {
            firstPassword.Forget();
        }

        return account;
    }

    /// <exception cref="ClientException">404 <c>account_unknown</c> or 409 <c>last_admin</c>.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        await using var turn = await context.Database.BeginTransactionAsync(cancellationToken);
        var account = await Find(context, name, cancellationToken) ?? throw Unknown();
        await DemandAnotherAdminAsync(context, account, cancellationToken);
        context.Accounts.Remove(account);
        await context.SaveChangesAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
        if (account.HasFirstPassword)
        {
            firstPassword.Forget();
        }
    }

    public static ClientException Unknown() => new("account_unknown", "There is no account of this name.", StatusCodes.Status404NotFound);

    private static Task<Account?> Find(AccountsContext context, string name, CancellationToken cancellationToken)
    {
        var lower = name.ToLowerInvariant();
        return context.Accounts.SingleOrDefaultAsync(a => a.Name == lower, cancellationToken);
    }

    private static async Task DemandAnotherAdminAsync(AccountsContext context, Account account, CancellationToken cancellationToken)
    {
        if (!account.Roles.Contains(Roles.Admin))
        {
            return;
        }

        var others = await context.Accounts.AsNoTracking().Where(a => a.Id != account.Id).ToListAsync(cancellationToken);
        if (!others.Any(a => a.Roles.Contains(Roles.Admin)))
        {
            throw new ClientException("last_admin", "The last admin stays.", StatusCodes.Status409Conflict);
        }
    }
}

using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Accounts;

/// <summary>Before the first request: brings the database up to date, and makes the first admin where there is no account.</summary>
internal sealed class AccountsSetup(IDbContextFactory<AccountsContext> database, AccountStore accounts, FirstPassword firstPassword, MuseumPaths paths) : IHostedLifecycleService
{
    public const string FirstAdmin = "admin";

    // No letters or digits that look alike: somebody may type it from a screen.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // Replicas that start together share one file. EF's own migration lock is a row that stays when its holder is killed.
        using var turn = FileLock.Take(Path.Combine(paths.DataOf("session"), "accounts.lock"));
        await MigrateAsync(cancellationToken);
        if ((await accounts.ListAsync(cancellationToken)).Count == 0)
        {
            await AddFirstAdminAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }
    }

    private async Task AddFirstAdminAsync(CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetString(Letters, 20);
        // First the file: an account whose password nobody knows would lock everybody out.
        firstPassword.Keep(password);
        await accounts.AddAsync(FirstAdmin, password, [Roles.Admin], isFirst: true, cancellationToken);
        // To the console and not to the log, which may travel.
        await Console.Out.WriteLineAsync($"First start: the account \"{FirstAdmin}\" has the password {password} (also in {firstPassword.Path} until it is changed).");
    }
}

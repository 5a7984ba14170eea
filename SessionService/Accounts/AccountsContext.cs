using Microsoft.EntityFrameworkCore;
using Museum.SessionService.ApiKeys;

namespace Museum.SessionService.Accounts;

/// <summary>Accounts and API keys, in <c>&lt;data&gt;/session/accounts.db</c>. The schema changes by migrations only.</summary>
internal sealed class AccountsContext(DbContextOptions<AccountsContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.HasIndex(a => a.Name).IsUnique();
            account.Property(a => a.Name).HasMaxLength(64);
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasKey(k => k.Id);
            key.HasIndex(k => k.Hash).IsUnique();
            key.Property(k => k.Name).HasMaxLength(64);
        });
    }
}

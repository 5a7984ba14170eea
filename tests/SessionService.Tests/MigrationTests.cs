using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Museum.SessionService.Accounts;

namespace Museum.SessionService.Tests;

public sealed class MigrationTests : DataFolder
{
    [Fact]
    public void The_migrations_make_the_model_of_the_code()
    {
        using var context = Context();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Fact]
    public void They_apply_and_go_back()
    {
        using var context = Context();

        context.Database.Migrate();
        Assert.Empty(context.Accounts);
        context.GetService<IMigrator>().Migrate(Migration.InitialDatabase);

        Assert.Empty(context.Database.GetAppliedMigrations());
    }

    private AccountsContext Context() =>
        new(new DbContextOptionsBuilder<AccountsContext>().UseSqlite($"Data Source={Path.Combine(Data, "test.db")}").Options);
}

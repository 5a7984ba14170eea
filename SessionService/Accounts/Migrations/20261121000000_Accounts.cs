using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Museum.SessionService.Accounts.Migrations;

[DbContext(typeof(AccountsContext))]
[Migration("20261121000000_Accounts")]
internal sealed class AccountsMigration : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => AccountsContextModelSnapshot.Build(modelBuilder);

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "accounts",
            columns: table => new
            {
                Id = table.Column<int>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                Password = table.Column<string>(type: "TEXT", nullable: false),
                Roles = table.Column<string>(type: "TEXT", nullable: false),
                CreatedAt = table.Column<DateTimeOffset>(type: "TEXT", nullable: false),
                HasFirstPassword = table.Column<bool>(type: "INTEGER", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_accounts", a => a.Id));
        migrationBuilder.CreateTable(
            name: "api_keys",
            columns: table => new
            {
                Id = table.Column<string>(type: "TEXT", nullable: false),
                Name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                Hash = table.Column<string>(type: "TEXT", nullable: false),
                Roles = table.Column<string>(type: "TEXT", nullable: false),
                CreatedAt = table.Column<DateTimeOffset>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_api_keys", k => k.Id));
        migrationBuilder.CreateIndex(name: "IX_accounts_Name", table: "accounts", column: "Name", unique: true);
        migrationBuilder.CreateIndex(name: "IX_api_keys_Hash", table: "api_keys", column: "Hash", unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "accounts");
        migrationBuilder.DropTable(name: "api_keys");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Museum.SessionService.Accounts.Migrations;

/// <summary>The model after the last migration; a test compares it with the model of the code.</summary>
[DbContext(typeof(AccountsContext))]
internal sealed class AccountsContextModelSnapshot : ModelSnapshot
{
    public static void Build(ModelBuilder modelBuilder)
    {
        modelBuilder.HasAnnotation("ProductVersion", "10.0.11");
        modelBuilder.Entity("Museum.SessionService.Accounts.Account", account =>
        {
            account.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
            account.Property<DateTimeOffset>("CreatedAt").HasColumnType("TEXT");
            account.Property<bool>("HasFirstPassword").HasColumnType("INTEGER");
            account.Property<string>("Name").IsRequired().HasMaxLength(64).HasColumnType("TEXT");
            account.Property<string>("Password").IsRequired().HasColumnType("TEXT");
            account.PrimitiveCollection<string>("Roles").IsRequired().HasColumnType("TEXT");
            account.HasKey("Id");
            account.HasIndex("Name").IsUnique();
            account.ToTable("accounts");
        });
        modelBuilder.Entity("Museum.SessionService.ApiKeys.ApiKey", key =>
        {
            key.Property<string>("Id").HasColumnType("TEXT");
            key.Property<DateTimeOffset>("CreatedAt").HasColumnType("TEXT");
            key.Property<string>("Hash").IsRequired().HasColumnType("TEXT");
            key.Property<string>("Name").IsRequired().HasMaxLength(64).HasColumnType("TEXT");
            key.PrimitiveCollection<string>("Roles").IsRequired().HasColumnType("TEXT");
            key.HasKey("Id");
            key.HasIndex("Hash").IsUnique();
            key.ToTable("api_keys");
        });
    }

    protected override void BuildModel(ModelBuilder modelBuilder) => Build(modelBuilder);
}

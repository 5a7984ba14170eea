namespace Museum.SessionService.Accounts;

/// <summary>Somebody who works here.</summary>
internal sealed class Account
{
    public int Id { get; set; }

    /// <summary>Lower case, unique; see <see cref="AccountRules"/>.</summary>
    public required string Name { get; set; }

    /// <summary>See <see cref="PasswordHash"/>.</summary>
    public required string Password { get; set; }

    public required string[] Roles { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>Still the generated one that stands in <c>first-password</c>.</summary>
    public bool HasFirstPassword { get; set; }
}

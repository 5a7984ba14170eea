using System.Text.RegularExpressions;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Accounts;

/// <summary>What an account may look like. Every refusal is a 400 that says what is wanted.</summary>
internal static partial class AccountRules
{
    public const int ShortestPassword = 10;

    /// <summary>Hashing costs by length only above a block, but a megabyte is no password.</summary>
    public const int LongestPassword = 256;

    public static string Name(string name) => NamePattern().IsMatch(name)
        ? name
        : throw new ClientException("account_name_invalid", "An account's name has 2 to 64 of a-z, 0-9, dot, hyphen, underscore and @, and starts with a letter or digit.");

    /// <summary>Length over classes of characters (NIST SP 800-63B §5.1.1.2), nothing guessable from the name, nothing of one letter.</summary>
    public static string Password(string password, string account)
    {
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            throw Weak($"A password has {ShortestPassword} to {LongestPassword} characters.");
        }

        if (password.Contains(account, StringComparison.OrdinalIgnoreCase))
        {
            throw Weak("A password does not contain the account's name.");
        }

        return password.Distinct().Count() >= 5 ? password : throw Weak("A password has at least five different characters.");
    }

    public static string[] KnownRoles(IReadOnlyList<string> roles)
    {
        if (roles.Count == 0 || roles.Any(r => !Roles.All.Contains(r)))
        {
            throw new ClientException("role_unknown", $"Name at least one role of: {string.Join(", ", Roles.All)}.");
        }

        return [.. roles.Distinct().Order()];
    }

    /// <summary>What somebody with these roles may do: an admin everything.</summary>
    public static IReadOnlyList<string> Effective(IReadOnlyList<string> roles) => roles.Contains(Roles.Admin) ? Roles.All : roles;

    private static ClientException Weak(string why) => new("password_too_weak", why);

    [GeneratedRegex("^[a-z0-9][a-z0-9._@-]{1,63}$")]
    private static partial Regex NamePattern();
}

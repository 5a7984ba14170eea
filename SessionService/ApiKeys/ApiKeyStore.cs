using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Errors;
using Museum.SessionService.Accounts;

namespace Museum.SessionService.ApiKeys;

/// <summary>API keys: <c>museum_</c> and 256 random bits in base64url. Shown once, when made.</summary>
internal sealed class ApiKeyStore(IDbContextFactory<AccountsContext> database, TimeProvider time)
{
    private const string Prefix = "museum_";

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AsNoTracking().OrderBy(k => k.Name).ToListAsync(cancellationToken);
    }

    /// <exception cref="ClientException">400: the name is empty or too long, or a role is unknown.</exception>
    public async Task<(ApiKey Key, string Secret)> AddAsync(string name, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 64 || name.Any(char.IsControl))
        {
            throw new ClientException("api_key_name_invalid", "An API key's name has 1 to 64 characters.");
        }

        var secret = Prefix + Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey
        {
            Id = "key_" + RandomNumberGenerator.GetHexString(16, lowercase: true),
            Name = name.Trim(),
            Hash = HashOf(secret),
            Roles = AccountRules.KnownRoles(roles),
            CreatedAt = time.GetUtcNow(),
        };
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        context.ApiKeys.Add(key);
        await context.SaveChangesAsync(cancellationToken);
        return (key, secret);
    }

    public async Task<ApiKey?> VerifyAsync(string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = HashOf(secret);
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, cancellationToken);
    }

    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken);
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.CreateDbContextAsync(cancellationToken);
        return await context.ApiKeys.Where(k => k.Id == id).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

using System.Globalization;
using System.Security.Cryptography;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.SessionService.Accounts;

/// <summary>
/// PBKDF2 with HMAC-SHA-256, 600,000 rounds (OWASP Password Storage, 2023): <c>pbkdf2-sha256$600000$SALT$HASH</c>. About 0.15 s of a core
/// each, so only half of the cores ever do this, on threads of their own, and a queue that no honest morning fills is the limit.
/// </summary>
internal sealed class PasswordHash(ResourcePool<EngineThread<Pbkdf2>> cores)
{
    /// <summary>Name of the pool.</summary>
    public const string Pool = "passwords";

    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly string nobodys = Format(Rounds, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Who waits behind 64 others would wait for ten seconds.</summary>
    public static void SetPool(PoolOptions pool) => (pool.Min, pool.Max, pool.Waiting) = (0, Math.Max(1, Environment.ProcessorCount / 2), 64);

    /// <exception cref="ResourceException"><c>pool_exhausted</c>: too many sign in at once.</exception>
    public async Task<string> CreateAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Format(Rounds, salt, await DeriveAsync(password, salt, Rounds, cancellationToken));
    }

    /// <param name="password">What was typed.</param>
    /// <param name="stored">What <see cref="CreateAsync"/> gave; null for an account that does not exist, which costs the same time.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    /// <exception cref="ResourceException"><c>pool_exhausted</c>: too many sign in at once.</exception>
    public async Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancellationToken)
    {
        var parts = (stored ?? nobodys).Split('$');
        var rounds = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var derived = await DeriveAsync(password, Convert.FromBase64String(parts[2]), rounds, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[3])) && stored is not null;
    }

    private async Task<byte[]> DeriveAsync(string password, byte[] salt, int rounds, CancellationToken cancellationToken)
    {
        await using var core = await cores.RentAsync(cancellationToken);
        return await core.Value.RunAsync(pbkdf2 => pbkdf2.Derive(password, salt, rounds, HashBytes));
    }

    private static string Format(int rounds, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}

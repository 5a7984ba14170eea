using System.Globalization;
using System.Security.Cryptography;
using Museum.ServiceDefaults.Errors;

namespace Museum.SessionService.Accounts;

/// <summary>
/// PBKDF2 with HMAC-SHA-256, 600,000 rounds (OWASP Password Storage, 2023): <c>pbkdf2-sha256$600000$SALT$HASH</c>. About 0.15 s of a core
/// each, so only half of the cores ever do this, and a queue that no honest morning fills is the limit.
/// </summary>
internal sealed class PasswordHash : IDisposable
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Beyond it a caller would wait for more than ten seconds.
    private const int LongestQueue = 64;

    private readonly SemaphoreSlim cores = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string nobodys;
    private int waiting;

    public PasswordHash() => nobodys = Format(Rounds, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    public Task<string> CreateAsync(string password, CancellationToken cancellationToken) => WithCoreAsync(
        () =>
        {
            var salt = RandomNumberGenerator.GetBytes(SaltBytes);
            return Format(Rounds, salt, Derive(password, salt, Rounds));
        },
        cancellationToken);

    /// <param name="password">What was typed.</param>
    /// <param name="stored">What <see cref="CreateAsync"/> gave; null for an account that does not exist, which costs the same time.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    public Task<bool> VerifyAsync(string password, string? stored, CancellationToken cancellationToken) => WithCoreAsync(
        () =>
        {
            var parts = (stored ?? nobodys).Split('$');
            var rounds = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var derived = Derive(password, Convert.FromBase64String(parts[2]), rounds);
            return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[3])) && stored is not null;
        },
        cancellationToken);

    public void Dispose() => cores.Dispose();

    private async Task<T> WithCoreAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref waiting);
            throw new ResourceException("sign_in_busy", "Too many people sign in at once.") { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        try
        {
            await cores.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    private static string Format(int rounds, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
}

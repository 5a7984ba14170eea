using System.Security.Cryptography;

namespace Museum.SessionService.Accounts;

/// <summary>What of a password's hash takes the time: a core, for as long as it lasts.</summary>
internal sealed class Pbkdf2(HashAlgorithmName algorithm)
{
    public byte[] Derive(string password, byte[] salt, int rounds, int bytes) => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, algorithm, bytes);
}

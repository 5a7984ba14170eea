namespace Museum.SessionService.Tokens;

/// <summary>A P-256 key pair as it lies on disk. <paramref name="Pkcs8"/> is the private key, DER.</summary>
internal sealed record SigningKey(string Kid, DateTimeOffset CreatedAt, byte[] Pkcs8);

/// <summary>What <c>signing-keys.json</c> holds. <paramref name="RefreshSecret"/>: 32 bytes, the HMAC key of refresh tokens.</summary>
internal sealed record KeyFileContent(IReadOnlyList<SigningKey> Keys, byte[] RefreshSecret);

namespace Museum.SessionService.ApiKeys;

/// <summary>Lets a program in. Only the hash of the key is known here.</summary>
internal sealed class ApiKey
{
    /// <summary><c>key_</c> and 16 hex digits.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the key in hex. The key is 256 random bits, so nothing slower is needed.</summary>
    public required string Hash { get; set; }

    public required string[] Roles { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}

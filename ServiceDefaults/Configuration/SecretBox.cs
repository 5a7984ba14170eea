using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>
/// Seals secrets that are changed at run time, so that neither the store nor its backup can tell them: AES-256-GCM with the key in
/// <c>&lt;data&gt;/config/secrets.key</c> (0600), bound to the setting that they were sealed for. Replicas on several machines need the same file.
/// </summary>
public sealed class SecretBox(MuseumPaths paths)
{
    private const int KeySize = 32;
    private const string Member = "sealed";

    private static int NonceSize => AesGcm.NonceByteSizes.MaxSize;

    private static int TagSize => AesGcm.TagByteSizes.MaxSize;

    public static bool IsSealed(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Member, out _);

    /// <returns><c>{"sealed":"…"}</c>: nonce, tag and text in base64.</returns>
    public JsonElement Seal(string key, string secret)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceSize + TagSize + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(ReadKey(make: true), TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(key));
        return JsonSerializer.SerializeToElement(new Dictionary<string, string> { [Member] = Convert.ToBase64String(box) });
    }

    /// <exception cref="CryptographicException">Sealed with another key or for another setting, or broken.</exception>
    /// <exception cref="IOException">The key cannot be read.</exception>
    public string Open(string key, JsonElement value)
    {
        if (!value.GetProperty(Member).TryGetBytesFromBase64(out var box) || box.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The sealed value is no such thing.");
        }

        var text = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(ReadKey(make: false), TagSize);
        aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), text, Encoding.UTF8.GetBytes(key));
        return Encoding.UTF8.GetString(text);
    }

    private byte[] ReadKey(bool make)
    {
        var path = Path.Combine(paths.DataOf("config"), "secrets.key");
        if (make)
        {
            OwnerOnlyFile.WriteFirst(path, RandomNumberGenerator.GetBytes(KeySize));
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeySize ? key : throw new CryptographicException($"{path} must hold {KeySize} bytes.");
    }
}

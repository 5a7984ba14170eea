using System.Security.Cryptography;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Tokens;

/// <summary>
/// The signing keys on disk, <c>&lt;data&gt;/session/signing-keys.json</c>, readable by the owner only. Replicas on one machine share
/// the file: it is written whole or not at all, by one of them at a time.
/// </summary>
internal sealed class KeyFile(MuseumPaths paths, TimeProvider time)
{
    private readonly string path = Path.Combine(paths.DataOf("session"), "signing-keys.json");

    /// <summary>What the file holds, after adding the key that is due and dropping those that are done.</summary>
    public KeyFileContent ReadOrRotate(TimeSpan rotateEvery)
    {
        using var turn = FileLock.Take(path + ".lock");
        var content = File.Exists(path)
            ? JsonSerializer.Deserialize<KeyFileContent>(File.ReadAllBytes(path), ProtocolJson.Options)!
            : new KeyFileContent([], RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var keys = KeySchedule.NeedsKey(content.Keys, now, rotateEvery) ? [.. content.Keys, NewKey(now)] : content.Keys;
        keys = KeySchedule.WithoutRetired(keys, now);
        if (keys.Count == content.Keys.Count && keys.SequenceEqual(content.Keys))
        {
            return content;
        }

        content = content with { Keys = keys };
        OwnerOnlyFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(content, ProtocolJson.Options));
        return content;
    }

    private static SigningKey NewKey(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(RandomNumberGenerator.GetHexString(16, lowercase: true), now, key.ExportPkcs8PrivateKey());
    }
}

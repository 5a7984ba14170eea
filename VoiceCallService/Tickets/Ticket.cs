using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Museum.VoiceCallService.Tickets;

/// <summary>What a ticket stands for.</summary>
/// <param name="CallId">Of the call that it opens.</param>
/// <param name="Session">Whose it is.</param>
/// <param name="AccessToken">That of whoever asked for it; the call acts in their name.</param>
internal sealed record TicketContent(string CallId, string Session, string AccessToken);

/// <summary>
/// A secret that opens one socket once. The store knows its hash and, sealed with the ticket itself, what it stands for: who reads the
/// store can neither use it nor learn the visitor's token.
/// </summary>
internal static class Ticket
{
    private const int TagBytes = 16;

    /// <summary>A key is used for one message only, so its nonce may be any.</summary>
    private static readonly byte[] Nonce = new byte[12];

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("name " + ticket)));

    public static byte[] Seal(string ticket, TicketContent content)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(content);
        var result = new byte[TagBytes + plain.Length];
        using var aes = new AesGcm(KeyOf(ticket), TagBytes);
        aes.Encrypt(Nonce, plain, result.AsSpan(TagBytes), result.AsSpan(0, TagBytes));
        return result;
    }

    public static TicketContent Open(string ticket, byte[] isSealed)
    {
        var plain = new byte[isSealed.Length - TagBytes];
        using var aes = new AesGcm(KeyOf(ticket), TagBytes);
        aes.Decrypt(Nonce, isSealed.AsSpan(TagBytes), isSealed.AsSpan(0, TagBytes), plain);
        return JsonSerializer.Deserialize<TicketContent>(plain)!;
    }

    private static byte[] KeyOf(string ticket) => SHA256.HashData(Encoding.UTF8.GetBytes("key " + ticket));
}

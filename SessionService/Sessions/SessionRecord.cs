using System.Security.Cryptography;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Sessions;

/// <summary>Who is here. A session never changes; what changes (its last use, how often it was refreshed) is the store's.</summary>
/// <param name="Id"><c>sess_</c> and 16 hex digits.</param>
/// <param name="Subject">The account's name, <c>key:</c> and the API key's id, or for a visitor the session itself.</param>
/// <param name="Roles">Of <see cref="Museum.ServiceDefaults.Security.Roles"/>.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>.</param>
internal sealed record SessionRecord(string Id, string Subject, IReadOnlyList<string> Roles, string Language, DateTimeOffset CreatedAt)
{
    public bool IsVisitor => Subject == Id;

    /// <summary>May it do more than a visitor? Then it needs the store, where its end would be known.</summary>
    public bool IsPrivileged => Roles.Any(r => r != Museum.ServiceDefaults.Security.Roles.Visitor);

    public static SessionRecord ForVisitor(string language, DateTimeOffset now)
    {
        var id = NewId();
        return new SessionRecord(id, id, [Museum.ServiceDefaults.Security.Roles.Visitor], language, now);
    }

    public static SessionRecord For(string subject, IReadOnlyList<string> roles, string language, DateTimeOffset now) =>
        new(NewId(), subject, roles, language, now);

    private static string NewId() => "sess_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
}

/// <param name="Generation">How many refresh tokens it has had; the one with this number is good.</param>
/// <param name="ExpiresAt">When it ends if nothing is asked.</param>
/// <param name="RefreshedAt">When its last refresh token was given; long ago: it still has its first.</param>
internal sealed record LivingSession(SessionRecord Session, long Generation, DateTimeOffset ExpiresAt, DateTimeOffset RefreshedAt)
{
    /// <summary>
    /// An answer may get lost on its way, and two tabs of a browser share one token: so long after a refresh the token before it is good
    /// too. A client waits 10 s for an answer and asks again within a minute; a thief gains no more than the minute.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public bool IsRepeated(long generation, DateTimeOffset now) => generation == Generation - 1 && now - RefreshedAt <= Grace;
}

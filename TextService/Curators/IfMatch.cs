using System.Globalization;
using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;

namespace Museum.TextService.Curators;

/// <summary>Optimistic editing (RFC 9110, 13.1.1): who changes an exhibit names the revision that they saw, so that nobody undoes what they never read.</summary>
internal sealed record IfMatch(long? Revision)
{
    /// <param name="header">A revision's ETag, or <c>*</c> for whatever it is.</param>
    /// <exception cref="ClientException">428 without the header; 400 for what is no ETag of ours.</exception>
    public static IfMatch Of(string? header) => header switch
    {
        null or "" => throw new ClientException("if_match_missing", "Say in If-Match which revision you have read (its ETag), or *.", 428),
        "*" => new IfMatch((long?)null),
        _ when long.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) => new IfMatch(revision),
        _ => throw new ClientException("if_match_invalid", "If-Match is the ETag of an exhibit, or *."),
    };

    public static string Tag(ExhibitRecord record) => string.Create(CultureInfo.InvariantCulture, $"\"{record.Revision}\"");

    /// <exception cref="ClientException">404: there is none; 412: it is another one by now.</exception>
    public ExhibitRecord Check(ExhibitRecord? record)
    {
        var there = record ?? throw Unknown();
        return Revision is null || Revision == there.Revision
            ? there
            : throw new ClientException("exhibit_changed", $"{there.UpdatedBy} has changed it meanwhile: it is at revision {there.Revision}.", 412);
    }

    public static ClientException Unknown() => new("exhibit_unknown", "There is no such exhibit.", 404);

    public static string NameOf(ClaimsPrincipal user) => user.FindFirstValue(MuseumTokens.NameClaim) ?? "unknown";
}

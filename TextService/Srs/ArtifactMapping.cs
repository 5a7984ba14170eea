using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;
using Museum.TextService.Exchange;
using Museum.TextService.Language;

namespace Museum.TextService.Srs;

/// <summary>
/// Exhibits as artifacts and back. An artifact has one language: writing one touches that side of its exhibit only, and leaves the other, the
/// data and whatever a draft says beside it.
/// </summary>
internal static class ArtifactMapping
{
    private const int LongestTitle = 500;
    private const int LongestCategory = 64;
    private const string ReadRevision = "exhibit_revision";
    private static readonly string[] Own = ["exhibit_id", "language", "hall", ReadRevision];

    /// <param name="record">One that is live.</param>
    /// <param name="tongue">Wanted; of what has no such text, the other.</param>
    /// <param name="reader">Only a curator is told what SRS clients keep with it (where it comes from, and their metadata), and its revision.</param>
    /// <param name="similarity">When it was searched for.</param>
    public static Artifact Of(ExhibitRecord record, Tongue tongue, ClaimsPrincipal reader, double? similarity = null)
    {
        var document = record.Live!;
        var kept = IsCurator(reader) ? document.Artifact : null;
        var side = document.Body[tongue].Count > 0 ? tongue : tongue == Tongue.En ? Tongue.Zh : Tongue.En;
        var metadata = new Dictionary<string, JsonElement>(kept?.Metadata ?? new Dictionary<string, JsonElement>())
        {
            ["exhibit_id"] = JsonSerializer.SerializeToElement(record.Id),
            ["language"] = JsonSerializer.SerializeToElement(side.Code()),
        };
        if (IsCurator(reader))
        {
            metadata[ReadRevision] = JsonSerializer.SerializeToElement(record.Revision);
        }

        if (document.Hall is { } hall)
        {
            metadata["hall"] = JsonSerializer.SerializeToElement(hall);
        }

        return new Artifact
        {
            Id = record.Number,
            Title = document.Title[side] is { Length: > 0 } title ? title : document.ToExhibit(record.Id).Title[side],
            Content = SectionText.Write(document.Body[side]),
            Category = document.Artifact?.Category,
            Tags = document.Tags[side],
            Metadata = metadata,
            SourceType = kept?.SourceType ?? "exhibit",
            SourcePath = kept?.SourcePath ?? $"exhibits/{record.Id}",
            Similarity = similarity,
            CreatedAt = record.CreatedAt,
            UpdatedAt = record.UpdatedAt,
        };
    }

    public static bool IsCurator(ClaimsPrincipal user) => user.IsInRole(Roles.Curator) || user.IsInRole(Roles.Admin);

    /// <exception cref="ClientException">422: title, content or category are not what they have to be.</exception>
    public static ArtifactInput Checked(ArtifactInput? input)
    {
        var title = TidyDocument.Line(input?.Title);
        return title.Length is 0 or > LongestTitle ? throw Invalid($"title: 1 to {LongestTitle} characters.")
            : string.IsNullOrWhiteSpace(input!.Content) ? throw Invalid("content: at least one character.")
            : input.Category is { Length: > LongestCategory } ? throw Invalid($"category: at most {LongestCategory} characters.")
            : input with { Title = title };
    }

    public static Tongue TongueOf(ArtifactInput input) =>
        Tongues.Parse(input.Metadata?.GetValueOrDefault("language") is { ValueKind: JsonValueKind.String } said ? said.GetString() : null) ?? Tongues.Detect($"{input.Title}\n{input.Content}");

    /// <summary>The exhibit with what the client wrote.</summary>
    public static ExhibitDocument Into(ExhibitDocument? existing, ArtifactInput input)
    {
        var tongue = TongueOf(input);
        var before = existing ?? new ExhibitDocument();
        var sections = SectionText.Read(input.Content!).Select(s => s.Heading.Length > 0 ? s : s with { Heading = input.Title! });
        return TidyDocument.Of(before with
        {
            Title = With(before.Title, tongue, input.Title!),
            Tags = input.Tags is { } tags ? With(before.Tags, tongue, tags) : before.Tags,
            Body = With<IReadOnlyList<Section>>(before.Body, tongue, [.. sections]),
            Artifact = Of(before.Artifact, input),
        });
    }

    /// <summary>What names the exhibit: its own id if the client has it from us, else its title's, the same for the same title.</summary>
    public static string IdOf(ArtifactInput input) =>
        OwnId(input) is { } own ? own
        : ExhibitRules.IdOf(input.Title!) is { Length: > 0 } id ? id
        : "artifact-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.Title!)))[..12];

    /// <summary>At which the client has read the exhibit; null: it does not say.</summary>
    public static long? RevisionOf(ArtifactInput input) =>
        input.Metadata?.GetValueOrDefault(ReadRevision) is { ValueKind: JsonValueKind.Number } said && said.TryGetInt64(out var revision) ? revision : null;

    /// <summary>Null: the client has none from us.</summary>
    public static string? OwnId(ArtifactInput input) =>
        input.Metadata?.GetValueOrDefault("exhibit_id") is { ValueKind: JsonValueKind.String } said && ExhibitRules.IsId(said.GetString()!) ? said.GetString() : null;

    // Null when there is nothing that an exhibit does not say itself.
    private static ArtifactData? Of(ArtifactData? before, ArtifactInput input)
    {
        var metadata = input.Metadata?.Where(m => !Own.Contains(m.Key)).ToDictionary() is { Count: > 0 } said ? said : before?.Metadata;
        var path = input.SourcePath?.StartsWith("exhibits/", StringComparison.Ordinal) == true ? null : input.SourcePath;
        var data = new ArtifactData(input.Category ?? before?.Category, metadata, Foreign(input.SourceType, "exhibit") ?? before?.SourceType, path ?? before?.SourcePath);
        return data == new ArtifactData(null, null, null, null) ? null : data;
    }

    private static string? Foreign(string? value, string own) => value == own ? null : value;

    private static Localized<T> With<T>(Localized<T> value, Tongue tongue, T side) => tongue == Tongue.Zh ? value with { Zh = side } : value with { En = side };

    private static ClientException Invalid(string reason) => new("artifact_invalid", reason, 422);
}

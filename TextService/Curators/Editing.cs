using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.TextService.Content;

namespace Museum.TextService.Curators;

/// <summary>Writes what curators do to an exhibit: the record, the audit log, and that there is something new.</summary>
internal sealed class Editing(IRecordStore store, ContentChanges changes, AuditLog audit)
{
    /// <summary>Null: it is removed.</summary>
    /// <exception cref="ClientException">What the change says.</exception>
    /// <exception cref="DependencyException">As <see cref="Storage.IDatabase.WriteAsync"/>.</exception>
    public async Task<ExhibitRecord?> ChangeAsync(ClaimsPrincipal user, string action, string id, Func<ExhibitRecord?, ExhibitRecord?> change, CancellationToken ct)
    {
        var outcome = (await store.WriteAsync(IfMatch.NameOf(user), [new RecordChange(id, change)], ct))[0];
        if (outcome.Refusal is { } refusal)
        {
            throw refusal;
        }

        // It is done, also for a caller who has left meanwhile: the log and the other replicas have to know. The store of versions has its own time-out.
        audit.Write(user, $"exhibit.{action}", id);
        if (outcome.Changed)
        {
            await changes.OfRecordsAsync(CancellationToken.None);
        }

        return outcome.Record;
    }

    /// <summary>As it is kept.</summary>
    /// <exception cref="ClientException">422: it has faults, which the message names.</exception>
    public static ExhibitDocument Checked(ExhibitDocument? document)
    {
        var tidy = TidyDocument.Of(document ?? throw new ClientException("document_missing", "The member 'document' is missing."));
        var faults = ExhibitRules.Faults(tidy);
        return faults.Count == 0 ? tidy : throw new ClientException("exhibit_invalid", string.Join(' ', faults.Take(5).Select(f => $"{f.Path}: {f.Reason}")), 422);
    }
}

using Museum.ServiceDefaults.Errors;
using Museum.TextService.Content;
using Museum.TextService.Curators;

namespace Museum.TextService.Exchange;

/// <summary>One row on its way into the store, and what became of it.</summary>
internal sealed class RowImport
{
    private const string Incomplete = "To go live an exhibit needs a title and a text in the same language.";

    private readonly int number;
    private readonly ExchangeRow row;
    private readonly ImportRequest request;
    private readonly Dictionary<string, (long Read, long Now)> written;
    private readonly ExhibitDocument? document;
    private readonly bool isGuessed;
    private RowOutcome outcome;

    /// <param name="number">From 1.</param>
    /// <param name="row">What was sent.</param>
    /// <param name="request">Of its import.</param>
    /// <param name="written">The exhibits that this import has written so far, each with the revision that it was read at and the one that it has now.</param>
    public RowImport(int number, ExchangeRow row, ImportRequest request, Dictionary<string, (long Read, long Now)> written)
    {
        (this.number, this.row, this.request, this.written) = (number, row, request, written);
        document = row.Document is { } read ? TidyDocument.Of(read) : null;
        Id = row.Id.Length > 0 || document is null ? row.Id : ExhibitRules.IdOf(document.Title.En);
        isGuessed = row.IsGuessed || row.Id.Length == 0;
        Fault = row.Fault ?? FaultOf(document!);
    }

    public string Id { get; }

    /// <summary>What no other row of its import may be.</summary>
    public string Key => $"{Id} {row.Part}";

    /// <summary>Null: none so far.</summary>
    public string? Fault { get; set; }

    public RowReport Report => new(number, row.Source, Id, (Fault is null ? outcome : RowOutcome.Failed).ToString().ToLowerInvariant(), Fault);

    public ExhibitRecord? Apply(ExhibitRecord? record)
    {
        if (isGuessed && record is not null && !ExhibitRules.ShareTitle(record.Draft, this.document!) && !ExhibitRules.ShareTitle(record.Live, this.document!))
        {
            throw new ClientException("exhibit_exists", $"Another exhibit has the id '{Id}', which was made of the title: give this one an id of its own, or name that one if it is meant.", 409);
        }

        var document = Whole(record);
        if (request.Live && row.Patch is not null && !ExhibitRules.CanGoLive(document!))
        {
            throw new ClientException("exhibit_incomplete", Incomplete, 422);
        }

        var after = request.Live ? Transitions.GoLive(record, Id, document!) : record is null ? Transitions.Create(null, Id, document!) : Transitions.Save(record, document!);
        if (after == record)
        {
            // Also when others have changed it since it was read: they have come to the same.
            outcome = RowOutcome.Unchanged;
            return record;
        }

        if (row.Revision is { } read && !IsAsRead(record, read) && !request.Overwrite)
        {
            throw Changed(record is null
                ? $"There is none, and this was read at revision {read}: leave the revision out to make it anew."
                : $"{record.UpdatedBy} has changed it since: it is at revision {record.Revision}, this was read at {read}.");
        }

        if (record is { Edited: true } && row is { Revision: null, Merge: null } && !request.Overwrite)
        {
            throw Changed($"{record.UpdatedBy} has edited it here: name the revision that was read ({record.Revision} it is now), or import with overwrite=true.");
        }

        outcome = record is null ? RowOutcome.Created : RowOutcome.Updated;
        if (request.DryRun)
        {
            return record;
        }

        if (record is not null && row.Revision is { } from)
        {
            // The store raises it by one.
            written[Id] = (from, record.Revision + 1);
        }

        return after;
    }

    // A part of an exhibit that is gone may come back: it writes over nothing. Its other part may have been written a row before.
    private bool IsAsRead(ExhibitRecord? record, long read) => record is null
        ? row.Merge is not null
        : record.Revision == read || (written.TryGetValue(Id, out var mine) && mine == (read, record.Revision));

    private ExhibitDocument Whole(ExhibitRecord? record)
    {
        // What nobody has published yet does not go live with it.
        var there = request.Live ? record?.Live : record?.Document;
        return row.Merge?.Invoke(record?.Live) ?? (row.Patch is { } patch && there is not null ? TidyDocument.Of(patch(there)) : Keeping(there?.Artifact));
    }

    // Neither CSV nor Markdown has a place for it.
    private ExhibitDocument Keeping(ArtifactData? artifact) => document!.Artifact is null ? document with { Artifact = artifact } : document;

    private static ClientException Changed(string message) => new("exhibit_changed", message, 412);

    private string? FaultOf(ExhibitDocument read)
    {
        var faults = ExhibitRules.Faults(read);
        return !ExhibitRules.IsId(Id) ? "It needs an id of lower-case letters and digits in words joined by hyphens, or an English title."
            : faults.Count > 0 ? string.Join(' ', faults.Select(f => $"{f.Path}: {f.Reason}"))
            // What is left out may be there.
            : request.Live && row.Patch is null && !ExhibitRules.CanGoLive(read) ? Incomplete
            : null;
    }
}

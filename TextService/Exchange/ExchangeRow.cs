using Museum.TextService.Content;

namespace Museum.TextService.Exchange;

/// <summary>What a curator sent.</summary>
/// <param name="Rows">In their order.</param>
/// <param name="Bytes">Its text, unpacked.</param>
internal sealed record SentRows(IReadOnlyList<ExchangeRow> Rows, long Bytes);

/// <summary>An exhibit on its way in or out.</summary>
/// <param name="Source">Where it stands, for the report: <c>vase.md</c>, <c>list.csv:3</c>.</param>
/// <param name="Id">Empty: made of its title.</param>
/// <param name="Revision">That its writer has read; null: it is written only over what nobody has edited, or what it is a part of.</param>
/// <param name="Document">Null: it cannot be read.</param>
/// <param name="Fault">Then, why.</param>
internal sealed record ExchangeRow(string Source, string Id, long? Revision, ExhibitDocument? Document, string? Fault = null)
{
    /// <summary>Of a row that is only a part: the whole of it, given what is live already.</summary>
    public Func<ExhibitDocument?, ExhibitDocument>? Merge { get; init; }

    /// <summary>Of a row that may leave members out: what there is, with what it says.</summary>
    public Func<ExhibitDocument, ExhibitDocument>? Patch { get; init; }

    /// <summary>Of one that is only a part, which part: two rows of an import with the same id and part are taken for a mistake.</summary>
    public string Part { get; init; } = "";

    /// <summary>The id is made of the title, so another exhibit may have it.</summary>
    public bool IsGuessed { get; init; }

    public static ExchangeRow Faulty(string source, string id, string fault) => new(source, id, null, null, fault);
}

using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <summary>One exhibit as its curators wrote it. What is in here may be shown to visitors.</summary>
internal sealed record Exhibit
{
    public required string Id { get; init; }
    public required int Hall { get; init; }
    public required Localized<string> Title { get; init; }
    public required Localized<IReadOnlyList<string>> Aliases { get; init; }
    public required Localized<string> Maker { get; init; }
    public required Localized<string> Date { get; init; }
    public required Localized<string> Material { get; init; }
    public required Localized<string> Found { get; init; }
    public required Localized<string> Home { get; init; }
    public required Localized<IReadOnlyList<string>> Tags { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required Localized<IReadOnlyList<string>> Suggested { get; init; }
    public required Localized<IReadOnlyList<Section>> Body { get; init; }
}

/// <summary>A part of an exhibit's text under one heading. The first says what it is, the second tells its story, the third what it means.</summary>
internal sealed record Section(string Heading, IReadOnlyList<string> Paragraphs);

/// <summary>A room of the museum.</summary>
internal sealed record Hall(int Number, Localized<string> Name);

/// <summary>An entry that cannot be served, and why.</summary>
internal sealed class EntryException(string file, int line, string reason) : Exception($"{file}:{line}: {reason}")
{
    public string File { get; } = file;
    public int Line { get; } = line;
    public string Reason { get; } = reason;
}

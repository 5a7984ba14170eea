namespace Museum.TextService.Index;

/// <summary>How an exhibit was named; the later the surer.</summary>
internal enum MentionStrength
{
    /// <summary>By its maker.</summary>
    Maker,

    /// <summary>By a part of its name that no other exhibit has.</summary>
    Part,

    /// <summary>By its title or an alias, misspelt.</summary>
    Misspelt,

    /// <summary>By its title or an alias.</summary>
    Name,
}

/// <param name="Exhibits">More than one when a maker has several.</param>
/// <param name="Start">English: the first word; Chinese: the first character of the folded text.</param>
/// <param name="Length">In the same unit.</param>
internal sealed record Mention(IReadOnlyList<int> Exhibits, MentionStrength Strength, int Start, int Length, bool Chinese);

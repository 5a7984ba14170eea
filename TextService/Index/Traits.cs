namespace Museum.TextService.Index;

/// <summary>What kinds of question a sentence could answer, as far as its form and the exhibit's data show it.</summary>
[Flags]
internal enum Traits
{
    None = 0,
    Year = 1 << 0,
    Measure = 1 << 1,
    Weight = 1 << 2,
    Number = 1 << 3,
    Money = 1 << 4,
    Age = 1 << 5,
    Person = 1 << 6,
    Place = 1 << 7,
    Reason = 1 << 8,
    WeakReason = 1 << 9,
    Meaning = 1 << 10,
    Material = 1 << 11,
    Made = 1 << 12,
    Found = 1 << 13,
    Kept = 1 << 14,
    Definition = 1 << 15,
    Method = 1 << 16,
    StrongMethod = 1 << 17,
    StrongMeaning = 1 << 18,
    Duration = 1 << 19,

    /// <summary>It names the exhibit.</summary>
    Title = 1 << 20,

    /// <summary>It holds what the exhibit's data say of the maker, the date and so on.</summary>
    TheMaker = 1 << 21,
    TheDate = 1 << 22,
    TheHome = 1 << 23,
    TheFinding = 1 << 24,
    TheMaterial = 1 << 25,
    TheSize = 1 << 26,

    /// <summary>It begins with a word that points back.</summary>
    PointsBack = 1 << 27,

    /// <summary>It has a number that is more than one.</summary>
    Several = 1 << 28,

    /// <summary>Something was brought, mined or came from somewhere.</summary>
    Origin = 1 << 29,
}

namespace Museum.TextService.Questions;

/// <summary>What sort of answer a question wants.</summary>
internal enum QuestionKind
{
    What,
    Overview,
    WhoMade,
    Who,
    WhenMade,
    When,
    WhereNow,
    WhereFound,
    WhereMade,
    Where,
    Material,
    Size,
    Weight,
    Count,
    Price,
    Age,
    Duration,
    Why,
    Meaning,
    How,
    YesNo,
}

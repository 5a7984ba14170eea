using System.Text.RegularExpressions;

namespace Museum.TextService.Questions;

/// <summary>Tells in what an English question compares.</summary>
internal static partial class EnglishComparison
{
    /// <returns>Null: it compares in nothing that things are measured by.</returns>
    public static QuestionKind? Of(string words) => words switch
    {
        _ when Weight().IsMatch(words) => QuestionKind.Weight,
        _ when Time().IsMatch(words) => Finding().IsMatch(words) ? QuestionKind.When : QuestionKind.WhenMade,
        _ when Size().IsMatch(words) => QuestionKind.Size,
        _ when Material().IsMatch(words) => QuestionKind.Material,
        _ when Place().IsMatch(words) => QuestionKind.WhereMade,
        _ => null,
    };

    [GeneratedRegex(@"\b(?:heavier|heaviest|lighter|weighs?|weight|heavy)\b")]
    private static partial Regex Weight();

    [GeneratedRegex(@"\b(?:older|oldest|newer|younger|youngest|earlier|earliest|later|latest|sooner|longer ago|before|after|apart in time|how many years|came first|which (?:\w+ )?first|same (?:time|age|period|century|year)|in the same \w*(?:time|age|century))\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(?:found|discovered|dug|unearthed|excavated)\b")]
    private static partial Regex Finding();

    [GeneratedRegex(@"\b(?:bigger|biggest|larger|largest|smaller|smallest|taller|tallest|higher|highest|shorter|longer|longest|wider|size|big|tall|long)\b")]
    private static partial Regex Size();

    [GeneratedRegex(@"\b(?:material|made of|same (?:rock|stone|metal|material|wood)|of the same)\b")]
    private static partial Regex Material();

    [GeneratedRegex(@"\b(?:same (?:place|city|country|state|town|region)|come from)\b")]
    private static partial Regex Place();
}

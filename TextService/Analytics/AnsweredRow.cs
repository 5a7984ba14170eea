using System.Security.Cryptography;
using System.Text;
using Museum.TextService.Conversation;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Analytics;

/// <summary>How a question ended, as it is counted and stored.</summary>
internal static class Outcomes
{
    public const string Answered = "answered";

    /// <summary>The content does not say, and the guide said so.</summary>
    public const string Refused = "refused";

    /// <summary>Greetings, thanks and the like: nothing was asked.</summary>
    public const string Talk = "talk";

    /// <summary>A model broke off or made something up, and the curators' sentences completed its answer.</summary>
    public const string Mended = "mended";

    public static IReadOnlyList<string> All { get; } = [Answered, Refused, Talk, Mended];

    public static string Of(AnsweredTurn turn) =>
        turn.Ending == Ending.Mended ? Mended : SmallTalkReader.Read(turn.Question).Kind != SmallTalkKind.None ? Talk : turn.Grounded ? Answered : Refused;
}

/// <summary>Something to be written to <see cref="AnalyticsStore"/>.</summary>
internal abstract record AnalyticsRow(DateTimeOffset At)
{
    /// <summary>A question and how it ended.</summary>
    internal sealed record Answer(DateTimeOffset At, string Outcome, string Language, string? Words, string Composer, double FirstTextMs, IReadOnlyList<string> Exhibits) : AnalyticsRow(At);

    /// <param name="Key">Of the turn; says nothing of whose it is.</param>
    internal sealed record Rating(DateTimeOffset At, string Key, bool Good, string? Words, IReadOnlyList<string> Exhibits) : AnalyticsRow(At);

    /// <summary>Session ids are random and end; their hash leads nowhere, and lets a visitor change their mind.</summary>
    public static string KeyOf(string session, long turn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{session}\n{turn}")))[..32];

    /// <summary>The same for questions that differ in capitals, accents, marks and spaces only.</summary>
    public static string Fold(string words) =>
        string.Join(' ', new string([.. Folding.Fold(words).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

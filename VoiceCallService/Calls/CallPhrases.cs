using System.Collections.Frozen;

namespace Museum.VoiceCallService.Calls;

/// <summary>What the guide says of the call itself, and the words by which a visitor stops it.</summary>
internal static class CallPhrases
{
    // Asks for silence, and for nothing else.
    private static readonly FrozenSet<string> Stops = FrozenSet.ToFrozenSet(
        [
            "stop", "stop it", "stop please", "please stop", "stop talking", "stop stop", "wait", "wait a minute", "wait a moment", "hold on", "quiet", "be quiet", "quiet please", "shut up", "enough", "that's enough",
            "停", "停下", "停一下", "别说了", "等一下", "等等", "安静", "够了",
        ],
        StringComparer.Ordinal);

    /// <param name="words">Bare, see <see cref="Spoken.Bare"/>.</param>
    public static bool IsStop(string words) => Stops.Contains(words);

    /// <param name="language"><c>zh</c>; else English.</param>
    /// <param name="heard">What it may have been; empty: nothing that makes sense.</param>
    public static string AskAgain(string language, string heard) => (language, heard) switch
    {
        ("zh", "") => "对不起，我没有听清楚，请再说一遍。",
        ("zh", _) => $"对不起，我没有听清楚。您是说“{heard}”吗？",
        (_, "") => "Sorry, I did not catch that. Could you say it again?",
        _ => $"Sorry, I am not sure that I understood. Did you say: {heard}?",
    };

    public static string Greeting(string language) =>
        language == "zh" ? "您好，我是这里的讲解员。您想了解什么？" : "Hello, I am the guide of this museum. What would you like to know?";

    public static string CannotHear(string language) =>
        language == "zh" ? "对不起，我现在听不见，请写下您的问题。" : "Sorry, I cannot hear you at the moment. Please write your question.";
}

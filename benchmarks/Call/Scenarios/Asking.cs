using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;

namespace Museum.Benchmarks.Call.Scenarios;

/// <summary>Says a question and judges what comes.</summary>
internal static class Asking
{
    /// <summary>Longer than the longest end of turn and the voice's own deadline of 2 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The longest answer is spoken within it.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public static async Task<Asked> AskAsync(Act act, SpokenQuestion question, CancellationToken cancellationToken)
    {
        var (mark, before) = (act.Caller.Seen.Count, act.Caller.LatestTurn);
        var said = act.Caller.Microphone.Say(question.Pcm);
        await said.Over.WaitAsync(cancellationToken);
        return await JudgeAsync(act, question, said, mark, before, cancellationToken);
    }

    /// <param name="act">Who asked, and when.</param>
    /// <param name="question">What.</param>
    /// <param name="said">How it was said.</param>
    /// <param name="mark">Where the log stood before.</param>
    /// <param name="before">The last turn before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Asked> JudgeAsync(Act act, SpokenQuestion question, Utterance said, int mark, long before, CancellationToken cancellationToken)
    {
        act.Caller.Asked++;
        var seen = act.Caller.Seen;
        var asked = new Asked(act.At, question.Text, question.Exhibit);
        var sound = await seen.FirstAsync(mark, s => (s.Type == "AUDIO_META" && s.TurnId > before && s.At >= said.EndAt) || s.Type is "ERROR" or "CLOSED", Patience, cancellationToken);
        var heard = seen.Since(mark).LastOrDefault(s => s.Is("TRANSCRIPT", "is_final"))?.Text("text");
        if (sound?.Type != "AUDIO_META")
        {
            return asked with { Heard = heard, Failure = sound?.Text("error_code") ?? (sound is not null ? "the connection was closed" : Silent(seen.Since(mark), before)) };
        }

        var sources = await seen.FirstAsync(mark, s => s.Type == "SOURCES" && s.TurnId == sound.TurnId, Soon, cancellationToken);
        return asked with
        {
            FirstAudioMs = sound.MsSince(said.EndAt),
            TurnId = sound.TurnId,
            Heard = heard,
            CutOff = seen.Since(mark).Any(s => s.Type == "TURN_STARTED" && s.TurnId > before && s.At < said.EndAt),
            Sources = sources is null ? null : [.. sources.Payload.GetProperty("exhibits").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)],
        };
    }

    private static string Silent(IReadOnlyList<Seen> seen, long before) =>
        seen.Any(s => s.Type == "TURN_STARTED" && s.TurnId > before) ? "an answer without a voice"
        : seen.Any(s => s.Type == "TRANSCRIPT") ? "heard, and not answered"
        : seen.Any(s => s.Type == "SPEECH_STARTED") ? "speech without words"
        : "not heard";

    /// <summary>Listens to the end of an answer, and adds what the server says of it.</summary>
    public static async Task<Asked> ListenAsync(Act act, Asked asked, int mark, CancellationToken cancellationToken)
    {
        var ended = asked.Failure is not null ? null : await act.Caller.Seen.FirstAsync(
            mark, s => (s.Type == "TURN_ENDED" && s.TurnId == asked.TurnId) || s.Type == "CLOSED", LongestAnswer, cancellationToken);
        if (ended is null)
        {
            return asked.Failure is null ? asked with { Failure = "the answer did not end" } : asked;
        }

        while (act.Caller.Loudspeaker.Playing is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(40), cancellationToken);
        }

        var told = await act.Caller.Seen.FirstAsync(mark, s => s.Type == "TURN_METRICS" && s.TurnId == asked.TurnId, Soon, cancellationToken);
        return told is null ? asked : asked with
        {
            EndOfTurnMs = told.Number("end_of_turn_ms"),
            TranscriptMs = told.Number("transcript_ms"),
            FirstTextMs = told.Number("first_text_ms"),
            ServerFirstAudioMs = told.Number("first_audio_ms"),
        };
    }
}

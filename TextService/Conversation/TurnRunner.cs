using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>
/// One turn, whichever door it came through.
/// <code>
/// 1 the words are understood, with what was said before
/// 2 the answer is found among those given before, or the content is searched and the answer written, cut into sentences while it is written
/// 3 sources, suggestions, done
/// 4 the session remembers what was said, once it is known to be all that the visitor said
/// </code>
/// </summary>
internal sealed class TurnRunner(
    ContentHolder content,
    ConversationStore conversations,
    AnswerSource answers,
    Foresight foresight,
    IEnumerable<ITurnObserver> observers,
    IOptionsMonitor<RetrievalOptions> retrieval)
{
    // After the visitor has left, what was said is still remembered, but not at any price.
    private static readonly TimeSpan SaveWithin = TimeSpan.FromSeconds(2);

    /// <exception cref="ClientException"><c>text_empty</c> or <c>text_too_long</c>.</exception>
    public async IAsyncEnumerable<AnswerPart> RunAsync(TurnRequest request, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        double Elapsed() => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        request = request with { Text = Checked(request.Text) };
        using var lease = (request.Trial ?? content).Use();
        using var activity = Telemetry.Source.StartActivity("turn");
        // A turn that is asked again, since its holder was lost, is not its own past.
        IReadOnlyList<HistoryEntry> remembered = request.Session is { } known ? [.. (await conversations.GetAsync(known, ct)).Where(e => e.Turn != request.Turn)] : [];
        var turnId = request.Turn > 0 ? request.Turn : remembered.Select(e => e.Turn).DefaultIfEmpty().Max() + 1;
        var history = request.History.Count > 0 && (request.OwnHistory || remembered.Count == 0) ? request.History : ConversationStore.ToPast(remembered);

        var question = Parser.Parse(request.Text, LanguageOf(request), history, lease.Index);
        question = question with { Place = request.Scene is { } scene ? Place.Of(scene, lease.Index) : Place.Unknown };
        var asked = new Asked(request, question, SmallTalkReader.Read(question), history, lease.Index, retrieval.CurrentValue);
        var parsed = Elapsed();
        var record = new AnswerRecord();
        double? firstText = null;
        try
        {
            await foreach (var part in answers.AnswerAsync(asked, record, results, ct))
            {
                firstText ??= Elapsed();
                yield return part;
            }

            yield return new AnswerPart.Sources(record.Sources);
            var suggested = SuggestionPicker.Pick(question, record.About, lease.Index);
            yield return new AnswerPart.Suggestions(suggested);
            var timing = new TurnTiming(parsed, Stopwatch.GetElapsedTime(started, record.RetrievedAt).TotalMilliseconds, firstText ?? Elapsed(), Elapsed());
            Telemetry.Record(activity, question, record, timing);
            yield return new AnswerPart.Done(turnId, record.Sentences, record.Grounded, question.Answer, record.Composer, lease.Index.Version, timing);
            await request.Confirmed.WaitAsync(ct);
            if (request.Trial is null)
            {
                Tell(new AnsweredTurn(request.Session, turnId, question, [.. (record.About ?? []).Select(e => lease.Index.Exhibits[e].Id)], record.Grounded, record.Composer, record.Ending, timing));
                foresight.Expect(asked, record.Text, suggested);
            }
        }
        finally
        {
            if (request.Confirmed.IsCompletedSuccessfully)
            {
                await RememberAsync(request, turnId, record.Text);
            }
        }
    }

    private void Tell(AnsweredTurn turn)
    {
        foreach (var observer in observers)
        {
            observer.Answered(turn);
        }
    }

    private async Task RememberAsync(TurnRequest request, long turn, string answer)
    {
        if (request.Session is not { } session)
        {
            return;
        }

        using var limit = new CancellationTokenSource(SaveWithin);
        try
        {
            await conversations.SaveTurnAsync(session, turn, request.Text, answer, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
        }
    }

    private static string Checked(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length switch
        {
            0 => throw new ClientException("text_empty", "The text is empty."),
            > TurnRequest.LongestText => throw new ClientException("text_too_long", $"The text has more than {TurnRequest.LongestText} characters."),
            _ => trimmed,
        };
    }

    private static Tongue? LanguageOf(TurnRequest request) =>
        request.LanguageIsHabit ? Tongues.Plainly(request.Text) ?? request.Language : request.Language;
}

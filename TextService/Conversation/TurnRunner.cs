using System.Diagnostics;
using System.Runtime.CompilerServices;
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
/// 2 the content is searched
/// 3 the answer is written, and cut into sentences while it is written
/// 4 sources, suggestions, done
/// 5 the session remembers what was said
/// </code>
/// </summary>
internal sealed partial class TurnRunner(ContentHolder content, ConversationStore conversations, IComposer composer, ILogger<TurnRunner> logger)
{
    private static readonly Evidence Nothing = new() { Grounded = false, Best = [], Answer = [], Exhibits = [] };

    // After the visitor has left, what was said is still remembered, but not at any price.
    private static readonly TimeSpan SaveWithin = TimeSpan.FromSeconds(2);

    /// <exception cref="ClientException"><c>text_empty</c> or <c>text_too_long</c>.</exception>
    public async IAsyncEnumerable<AnswerPart> RunAsync(TurnRequest request, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        double Elapsed() => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        request = request with { Text = Checked(request.Text) };
        using var lease = content.Use();
        using var activity = Telemetry.Source.StartActivity("turn");
        var remembered = request.Session is { } known ? await conversations.GetAsync(known, ct) : [];
        var turnId = request.Turn > 0 ? request.Turn : remembered.Select(e => e.Turn).DefaultIfEmpty().Max() + 1;
        var history = request.History.Count > 0 && (request.OwnHistory || remembered.Count == 0) ? request.History : ConversationStore.ToPast(remembered);

        var question = Parser.Parse(request.Text, LanguageOf(request), history, lease.Index);
        var talk = SmallTalkReader.Read(question);
        var parsed = Elapsed();
        var evidence = request.Retrieval && talk.Kind == SmallTalkKind.None ? await RagProcessor.RetrieveAsync(question, lease.Index, ct) : Nothing;
        var retrieved = Elapsed();

        var turn = new Turn(request, question, evidence, lease.Index, talk, history);
        var writing = new AnswerWriter(new Support(evidence, lease.Index, question.Answer), question.Answer);
        try
        {
            await foreach (var part in WriteAsync(turn, writing, results, ct))
            {
                writing.FirstTextMs ??= Elapsed();
                yield return part;
            }

            var grounded = writing.IsGrounded(turn);
            yield return new AnswerPart.Sources(grounded ? writing.Sources() : []);
            yield return new AnswerPart.Suggestions(SuggestionPicker.Pick(question, evidence, lease.Index));
            var timing = new TurnTiming(parsed, retrieved, writing.FirstTextMs ?? Elapsed(), Elapsed());
            Telemetry.Record(activity, turn, writing, grounded, timing);
            yield return new AnswerPart.Done(turnId, writing.Count, grounded, question.Answer, writing.Ending, writing.Composer, lease.Index.Version, timing);
        }
        finally
        {
            await RememberAsync(request, turnId, writing.Text);
        }
    }

    private async IAsyncEnumerable<AnswerPart> WriteAsync(Turn turn, AnswerWriter writing, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var pieces = composer.ComposeAsync(turn, results, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            try
            {
                if (!await pieces.MoveNextAsync())
                {
                    break;
                }
            }
            catch (CompositionException e)
            {
                // What was said stands; the turn ends here and says so.
                LogBrokenOff(logger, e);
                writing.Ending = Ending.Failed;
                break;
            }

            foreach (var part in writing.Take(pieces.Current))
            {
                yield return part;
            }
        }

        foreach (var part in writing.Finish())
        {
            yield return part;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer was broken off")]
    private static partial void LogBrokenOff(ILogger logger, Exception exception);
}

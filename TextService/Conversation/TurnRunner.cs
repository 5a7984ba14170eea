using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Knowledge;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Sentences;
using Museum.TextService.Tours;

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
    Capability<IKnowledge> knowledge,
    ConversationStore conversations,
    TurnNumbers numbers,
    AnswerSource answers,
    Foresight foresight,
    IEnumerable<ITurnObserver> observers,
    IOptionsMonitor<RetrievalOptions> retrieval,
    IOptionsMonitor<ConversationOptions> settings,
    IOptionsMonitor<TextOptions> text,
    TimeProvider time)
{
    // After the visitor has left, what was said is still remembered, but not at any price.
    private static readonly TimeSpan SaveWithin = TimeSpan.FromSeconds(2);

    /// <exception cref="ClientException"><c>text_empty</c> or <c>text_too_long</c>.</exception>
    public async IAsyncEnumerable<AnswerPart> RunAsync(TurnRequest request, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        double Elapsed() => Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var budget = request.Budget ?? new TurnBudget(text.CurrentValue.Timeout, time);
        request = request with { Text = Checked(request.Text) };
        using var activity = Telemetry.Source.StartActivity("turn");
        var past = request.Session is { } session ? (await conversations.RecallAsync(session, ct)).Without(request.Turn) : Recollection.Nothing;
        var turnId = request switch
        {
            { Turn: > 0 } => request.Turn,
            { Session: { } known } => Math.Max(await numbers.NextAsync(known, ct), past.LastTurn + 1),
            _ => 1,
        };
        using var lease = request.Trial?.Use() ?? await KnowledgeAsync(request, past, budget, ct);
        var asked = Understand(request, past, lease, budget);
        var question = asked.Question;
        var parsed = Elapsed();
        var record = new AnswerRecord();
        var remembered = new RememberedTurn { Turn = turnId, Asked = request.Text, Told = "", Place = PlaceOf(request, question, lease.Index) };
        var proposed = new List<string>();
        double? firstText = null;
        try
        {
            await foreach (var part in answers.AnswerAsync(asked, record, results, ct))
            {
                firstText ??= Elapsed();
                yield return part;
            }

            remembered = remembered with { About = record.AboutIds(lease.Index) };
            var tour = TourGuide.Look(past.Tour.After(remembered), question.Answer, lease.Index, asked.SmallTalk.Kind == SmallTalkKind.Thanks);
            // Who asks where to go has been told by the answer.
            var isAnswer = asked.SmallTalk.Kind == SmallTalkKind.NextStop;
            tour = isAnswer ? tour with { Propose = tour.Next.Count > 0 } : tour;
            remembered = remembered with { Proposed = tour.Propose ? tour.Next[0].Id : null };
            foreach (var sentence in isAnswer ? [] : Proposal(request, tour, question.Answer))
            {
                // The answer itself may be given again to others; this is said to this visitor.
                var delta = new AnswerPart.Delta(question.Answer == Tongue.Zh ? sentence : " " + sentence, record.Sentences + proposed.Count);
                yield return delta;
                yield return new AnswerPart.Sentence(sentence, delta.Sequence, question.Answer, [tour.Next[0].Id]);
                proposed.Add(delta.Text);
            }

            yield return new AnswerPart.Sources(record.Sources);
            if (request.Session is not null)
            {
                yield return new AnswerPart.Visit(tour);
            }

            var suggested = SuggestionPicker.Pick(question, record.About, lease.Index, tour);
            yield return new AnswerPart.Suggestions(suggested);
            var timing = new TurnTiming(parsed, Stopwatch.GetElapsedTime(started, record.RetrievedAt).TotalMilliseconds, firstText ?? Elapsed(), Elapsed());
            Telemetry.Record(activity, question, record, timing);
            yield return new AnswerPart.Done(turnId, record.Sentences + proposed.Count, record.Grounded, question.Answer, record.Composer, lease.Index.Version, timing);
            await request.Confirmed.WaitAsync(ct);
            if (request.Trial is null)
            {
                Tell(new AnsweredTurn(request.Session, turnId, question, remembered.About, record.Grounded, record.Composer, record.Ending, timing));
                foresight.Expect(asked, record, suggested);
            }
        }
        finally
        {
            if (request.Confirmed.IsCompletedSuccessfully)
            {
                // Of an answer that was interrupted while it was written, what had been said until then.
                await RememberAsync(request.Session, remembered with { Told = record.Text + string.Concat(proposed), About = record.AboutIds(lease.Index) });
            }
        }
    }

    private Task<ContentHolder.Lease> KnowledgeAsync(TurnRequest request, Recollection past, TurnBudget budget, CancellationToken ct)
    {
        string?[] near = [request.Scene is { } scene ? scene.Exhibit : past.Tour.Place?.Exhibit, past.Tour.Offer];
        var query = new KnowledgeQuery(request.Text, [.. near.OfType<string>().Where(id => id.Length > 0), .. past.Turns.Reverse().SelectMany(t => t.About)])
        {
            Context = [.. new[] { request.Scene?.Name, request.History.LastOrDefault(m => m.FromVisitor)?.Text }.OfType<string>().Where(t => t.Length > 0)],
        };
        return knowledge.UseAsync((source, token) => source.ForAsync(query, token), ct, budget);
    }

    private Asked Understand(TurnRequest request, Recollection past, ContentHolder.Lease lease, TurnBudget budget)
    {
        var index = lease.Index;
        var bringsHistory = request.History.Count > 0 && (request.OwnHistory || past.Turns.Count == 0);
        var history = bringsHistory ? request.History : past.Messages(index);
        var language = LanguageOf(request);
        var question = Parser.Parse(Acceptance.Meant(request.Text, past.Tour, language, index), language, history, index);
        var before = past.Tour.Place is { } said ? Place.Of(new Scene { Hall = said.Hall, Exhibit = said.Exhibit ?? "" }, index) : Place.Unknown;
        question = question.At(request.Scene is { } scene ? Place.Of(scene, index) : before, before);
        return new Asked(request, question, SmallTalkReader.Read(question), history, lease, retrieval.CurrentValue)
        {
            Budget = budget,
            Earlier = bringsHistory ? "" : past.Digest.Text(question.Answer),
            Tour = past.Tour.After(new RememberedTurn { Turn = request.Turn, Asked = "", Told = "", Place = PlaceOf(request, question, index) }),
        };
    }

    private IReadOnlyList<string> Proposal(TurnRequest request, Tour tour, Tongue tongue) =>
        request.Session is not null && tour.Propose && settings.CurrentValue.ProposeNextStop
            ? [.. SentenceCutter.Cut(tour.Next[0].Invitation, CutRules.Prose).Select(s => s.Trim())]
            : [];

    private static SaidPlace? PlaceOf(TurnRequest request, Question question, ContentIndex index) => request.Scene is null
        ? null
        : new SaidPlace(question.Place.Hall, question.Place.Exhibit is { } inView ? index.Exhibits[inView].Id : null);

    private void Tell(AnsweredTurn turn)
    {
        foreach (var observer in observers)
        {
            observer.Answered(turn);
        }
    }

    private async Task RememberAsync(string? session, RememberedTurn turn)
    {
        if (session is null)
        {
            return;
        }

        using var limit = new CancellationTokenSource(SaveWithin);
        try
        {
            await conversations.SaveAsync(session, turn, limit.Token);
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

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Answers;
using Museum.TextService.Functions;
using Museum.TextService.Generation;
using Museum.TextService.Grounding;
using Museum.TextService.Index;
using Museum.TextService.Questions;
using Museum.TextService.Tours;

namespace Museum.TextService.Conversation;

/// <summary>A question as it was understood: everything that an answer may depend on.</summary>
internal sealed record Asked(
    TurnRequest Request, Question Question, SmallTalk SmallTalk, IReadOnlyList<PastMessage> History, ContentHolder.Lease Lease, RetrievalOptions Retrieval)
{
    public ContentIndex Index => Lease.Index;

    /// <summary>Begun when the question arrived.</summary>
    public required TurnBudget Budget { get; init; }

    /// <summary>What was said before the history, in short; empty: nothing.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>Where the visit has come, this turn's place included.</summary>
    public TourState Tour { get; init; } = TourState.Empty;
}

/// <summary>
/// Answers from what was answered before, or anew. Extraction answers in one piece, so who asks the same at the same time waits for one
/// answer; a model's answer streams to each who asks, and is kept when it is whole.
/// </summary>
internal sealed class AnswerSource(
    Capability<IComposer> composers,
    AnswerGuard guard,
    ExtractionComposer extraction,
    ICache<KeptAnswer> answers,
    IOptionsMonitor<LlmOptions> llm,
    IOptionsMonitor<PersonaOptions> persona,
    IOptionsMonitor<GroundingOptions> grounding)
{
    private static readonly Evidence Nothing = new() { Grounded = false, Best = [], Answer = [], Exhibits = [] };

    public async IAsyncEnumerable<AnswerPart> AnswerAsync(
        Asked asked, AnswerRecord record, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct, CacheEntryOptions? options = null)
    {
        var key = AnswerKey.Of(asked, llm.CurrentValue, persona.CurrentValue, grounding.CurrentValue);
        var kept = key is { } known ? await FindAsync(known, asked, options, ct) : null;
        if (kept is not null)
        {
            record.Finish(kept);
            if (Toolbox.Show(kept.About, asked.Request.Functions, asked.Question.Place.Exhibit, asked.Index, asked.Question.Answer) is { } show)
            {
                yield return record.Add(new AnswerPart.Call(show.Id, show.Name, show.Arguments));
            }

            foreach (var part in kept.Parts)
            {
                yield return record.Add((AnswerPart?)part.Delta ?? part.Sentence!);
            }

            yield break;
        }

        await foreach (var part in ComposeAsync(turn => BestAsync(turn, results, ct), asked, record, ct))
        {
            yield return record.Add(part);
        }

        // What a model says without the content's support is not to be said again. Another model, or extraction, stands in for one that is
        // away: that is not this key's answer.
        if (key is { } whole && record.Composer == llm.CurrentValue.First?.Model && record.ToKeep() is { Grounded: true, Sources.Count: > 0 } answer)
        {
            answers.Set(whole, answer);
        }
    }

    private async ValueTask<KeptAnswer?> FindAsync(CacheKey key, Asked asked, CacheEntryOptions? options, CancellationToken ct)
    {
        if (llm.CurrentValue.IsConfigured)
        {
            return (await answers.GetAsync(key, ct)).Value;
        }

        // What the client can show is no part of what is kept.
        asked = asked with { Request = asked.Request with { Functions = [] } };
        try
        {
            return await answers.GetOrCreateAsync(key, token => ExtractAsync(asked, token), options, ct);
        }
        catch (ObjectDisposedException)
        {
            // Who asked first has gone before it began, and an index of their own with them.
            return await ExtractAsync(asked, ct);
        }
    }

    private async Task<KeptAnswer> ExtractAsync(Asked asked, CancellationToken ct)
    {
        // Others may wait for this when who asked first has gone.
        using var lease = asked.Lease.Again();
        var record = new AnswerRecord();
        await foreach (var part in ComposeAsync(turn => extraction.ComposeAsync(turn, NoFunctions.Instance, ct), asked, record, ct))
        {
            record.Add(part);
        }

        return record.ToKeep()!;
    }

    /// <summary>Whoever is best at the moment; the choice stands from the first piece on.</summary>
    private async IAsyncEnumerable<Piece> BestAsync(Turn turn, IFunctionResults results, [EnumeratorCancellation] CancellationToken ct)
    {
        var (_, pieces) = await composers.OpenStreamAsync(
            (composer, token) => composer.ComposeAsync(turn, results, token), ct, turn.Budget, composer => composer is ExtractionComposer || LlmComposer.HasTime(turn));
        await foreach (var piece in guard.WatchAsync(turn, pieces, ct))
        {
            yield return piece;
        }
    }

    private async IAsyncEnumerable<AnswerPart> ComposeAsync(
        Func<Turn, IAsyncEnumerable<Piece>> compose, Asked asked, AnswerRecord record, [EnumeratorCancellation] CancellationToken ct)
    {
        var (request, question, talk, history, _, retrieval) = asked;
        var index = asked.Index;
        var found = request.Retrieval && talk.Kind == SmallTalkKind.None ? await RagProcessor.RetrieveAsync(question, index, retrieval, ct) : Nothing;
        var evidence = Contested.Both(found, question, index).Without(persona.CurrentValue.Forbids);
        record.Retrieved();
        var turn = new Turn(request, question, evidence, index, talk, history, asked.Budget) { Earlier = asked.Earlier, Tour = asked.Tour };
        var writing = new AnswerWriter(new Support(turn), question.Answer);
        // A named exhibit may have the word in its title: then what else its text says may answer.
        var isForbidden = (question.Mentions.Count == 0 && persona.CurrentValue.Forbids(question.Text)) || (found.Grounded && !evidence.Grounded);
        await foreach (var piece in (isForbidden ? NotMine(question) : compose(turn)).WithCancellation(ct))
        {
            foreach (var part in writing.Take(piece))
            {
                yield return part;
            }
        }

        foreach (var part in writing.Finish())
        {
            yield return part;
        }

        record.Finish(writing, isForbidden ? turn with { Evidence = Nothing } : turn);
    }

    private static IAsyncEnumerable<Piece> NotMine(Question question) =>
        new Piece[] { new Piece.By(ExtractionComposer.Name), new Piece.Text(Wordings.NotMine[question.Answer]) }.ToAsyncEnumerable();
}

using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Sentences;

namespace Museum.TextService.Grounding;

/// <summary>One answer on its way through the <see cref="AnswerGuard"/>.</summary>
internal sealed class HeldAnswer(Turn turn, UnprovenFacts unproven, PersonaOptions persona)
{
    // Whole ones: of a long sentence that is cut for the voice, the second half cannot stand when the first is struck.
    private readonly SentenceCutter cutter = new(CutRules.Prose);
    private readonly Passages passages = new(turn);
    private readonly List<string> said = [];

    // A model is named when its first sentence is let through: if none is, the answer is not its own.
    private string? author;
    private bool isModels;
    private bool isBroken;
    private bool isStruck;
    private bool isHedged;

    public IEnumerable<Piece> Take(Piece piece)
    {
        switch (piece)
        {
            case Piece.By { Composer: not ExtractionComposer.Name } by:
                (author, isModels) = (by.Composer, true);
                return [];
            case Piece.Text text when isModels:
                return cutter.Push(text.Value).SelectMany(Judge);
            case Piece.Call when isModels:
                // What was written before the call is said before it is done.
                return [.. Rest(), .. Named(piece)];
            default:
                return [piece];
        }
    }

    /// <summary>The model will say no more than it has.</summary>
    public void BreakOff() => isBroken = true;

    /// <summary>What is left to say when the composer has no more.</summary>
    public IEnumerable<Piece> Finish()
    {
        if (!isModels)
        {
            return [];
        }

        var rest = Rest().ToList();
        return isBroken || isStruck || said.Count == 0 ? [.. rest, .. Completed()] : rest;
    }

    private IEnumerable<Piece> Rest() => cutter.Flush() is { } rest && !(isBroken && !SentenceEnd.IsWhole(rest)) ? Judge(rest) : [];

    private IEnumerable<Piece> Judge(string written)
    {
        var sentence = SpokenText.Plain(written);
        if (string.IsNullOrWhiteSpace(sentence))
        {
            return [];
        }

        if (persona.Forbids(sentence) || SpokenText.RecitesRules(sentence))
        {
            isStruck = true;
            return [];
        }

        var proven = unproven == UnprovenFacts.Mark || !turn.Request.Retrieval || SentenceJudge.IsProven(sentence, passages);
        if (!proven && unproven == UnprovenFacts.Strike)
        {
            isStruck = true;
            return [];
        }

        said.Add(sentence);
        var piece = new Piece.Sentence(sentence);
        if (proven || isHedged)
        {
            return Named(piece);
        }

        isHedged = true;
        return [.. Named(piece), new Piece.Sentence(Completion.Joined(sentence, Wordings.Hedge[turn.Question.Answer]) + " ")];
    }

    private IEnumerable<Piece> Completed()
    {
        if (said.Count == 0)
        {
            // Nothing was heard of the model.
            return [new Piece.By(ExtractionComposer.Name), new Piece.Text(ExtractionComposer.Text(turn))];
        }

        var missing = Completion.Of(turn, said);
        return missing.Length == 0 ? [new Piece.Mended()] : [new Piece.Mended(), new Piece.Text(Completion.Joined(said[^1], missing))];
    }

    private IEnumerable<Piece> Named(Piece piece)
    {
        if (author is { } name)
        {
            author = null;
            yield return new Piece.By(name);
        }

        yield return piece;
    }
}

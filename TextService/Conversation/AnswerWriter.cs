using System.Text;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Sentences;

namespace Museum.TextService.Conversation;

/// <summary>Turns what a composer writes into deltas and numbered sentences, and keeps account of them.</summary>
internal sealed class AnswerWriter(Support support, Tongue tongue)
{
    private readonly SentenceCutter cutter = new(CutRules.Speech);
    private readonly StringBuilder written = new();
    private int finished;

    /// <summary>Everything written so far.</summary>
    public string Text => written.ToString();

    /// <summary>How many sentences are finished.</summary>
    public int Count { get; private set; }
    public string Composer { get; private set; } = "";

    /// <summary>The composer did not say all of it.</summary>
    public bool IsMended { get; private set; }

    public IEnumerable<AnswerPart> Take(Piece piece)
    {
        switch (piece)
        {
            case Piece.By by:
                Composer = by.Composer;
                break;
            case Piece.Call call:
                // What was written before the call is said before it is done.
                foreach (var part in Finish())
                {
                    yield return part;
                }

                yield return new AnswerPart.Call(call.Id, call.Name, call.Arguments);
                break;
            case Piece.Text text:
                foreach (var part in TakeText(text.Value))
                {
                    yield return part;
                }

                break;
            case Piece.Sentence sentence:
                foreach (var part in TakeText(sentence.Value))
                {
                    yield return part;
                }

                // Only now that the cutter has it.
                foreach (var part in Finish())
                {
                    yield return part;
                }

                break;
            case Piece.Mended:
                IsMended = true;
                break;
        }
    }

    /// <summary>The rest, when the composer has no more to say.</summary>
    public IEnumerable<AnswerPart> Finish()
    {
        if (cutter.Flush() is not { } rest)
        {
            return [];
        }

        finished += rest.Length;
        return Sentence(rest);
    }

    /// <summary>A model is told to begin with the guide's own words when the texts do not say; what it says otherwise has to stand on something.</summary>
    public bool IsGrounded(Turn turn) =>
        turn.SmallTalk.Kind != SmallTalkKind.None
        || (Composer == ExtractionComposer.Name ? turn.Evidence.Grounded : !Wordings.SaysDontKnow(Text) && (Sources().Count > 0 || turn.ClientTold));

    public IReadOnlyList<Source> Sources() => support.Sources();

    // Neither a question nor the guide's own words; extraction says nothing but those and the curators'.
    private bool IsStatement(string spoken) =>
        Composer != ExtractionComposer.Name && !IsMended && spoken[^1] is not ('?' or '？')
        && !Wordings.SaysDontKnow(spoken) && spoken != Wordings.AskOther[tongue] && spoken != Wordings.Hedge[tongue];

    private IEnumerable<AnswerPart> TakeText(string text)
    {
        // Cut first, so that each delta bears the number of its sentence. (Of a model's long first sentence, what comes after the
        // clause at which it is cut has been sent under the first number already.)
        var before = written.Length;
        written.Append(text);
        var sentences = cutter.Push(text);
        var at = 0;
        foreach (var sentence in sentences)
        {
            finished += sentence.Length;
            var end = Math.Max(at, finished - before);
            if (end > at)
            {
                yield return new AnswerPart.Delta(text[at..end], Count);
                at = end;
            }

            foreach (var part in Sentence(sentence))
            {
                yield return part;
            }
        }

        if (at < text.Length)
        {
            yield return new AnswerPart.Delta(text[at..], Count);
        }
    }

    private IEnumerable<AnswerPart> Sentence(string text)
    {
        var spoken = text.Trim();
        if (spoken.Length > 0)
        {
            var sources = support.Of(spoken);
            yield return new AnswerPart.Sentence(spoken, Count++, Tongues.Plainly(spoken) ?? tongue, sources, sources.Count == 0 && IsStatement(spoken));
        }
    }
}

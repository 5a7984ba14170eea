using System.Diagnostics;
using System.Text;
using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;

namespace Museum.TextService.Conversation;

/// <summary>What was answered in a turn so far, and at its end how.</summary>
internal sealed class AnswerRecord
{
    private readonly List<KeptPart> parts = [];
    private readonly StringBuilder text = new();
    private bool called;
    private bool isMakeshift;

    /// <summary>Everything said so far.</summary>
    public string Text => text.ToString();

    public int Sentences { get; private set; }
    public Ending Ending { get; private set; } = Ending.Complete;
    public string Composer { get; private set; } = "";
    public bool Grounded { get; private set; }
    public IReadOnlyList<Source> Sources { get; private set; } = [];
    public IReadOnlyList<int>? About { get; private set; }

    /// <summary>Timestamp at which it was known what there is to say.</summary>
    public long RetrievedAt { get; private set; }

    /// <summary>The ids of the exhibits that are told about, as far as is known by now.</summary>
    public IReadOnlyList<string> AboutIds(ContentIndex index) => About is { } about
        ? [.. about.Select(e => index.Exhibits[e].Id)]
        : [.. parts.SelectMany(p => p.Sentence?.SourceIds ?? []).Distinct()];

    public void Retrieved() => RetrievedAt = Stopwatch.GetTimestamp();

    /// <summary>A part that goes out now.</summary>
    public AnswerPart Add(AnswerPart part)
    {
        switch (part)
        {
            case AnswerPart.Delta delta:
                text.Append(delta.Text);
                // A model's many small pieces are given again as one.
                if (parts is [.., { Delta: { } last }] && last.Sequence == delta.Sequence)
                {
                    parts[^1] = new KeptPart(last with { Text = last.Text + delta.Text }, null);
                }
                else
                {
                    parts.Add(new KeptPart(delta, null));
                }

                break;
            case AnswerPart.Sentence sentence:
                Sentences++;
                parts.Add(new KeptPart(null, sentence));
                break;
            case AnswerPart.Call:
                called = true;
                break;
        }

        return part;
    }

    public void Finish(AnswerWriter writing, Turn turn)
    {
        (Composer, Ending) = (writing.Composer, writing.IsMended ? Ending.Mended : Ending.Complete);
        Grounded = writing.IsGrounded(turn);
        Sources = Grounded ? writing.Sources() : [];
        isMakeshift = turn.Evidence.LacksMeaning;
        // What functions told is not what was found for the question; where the answer stands on it, that is what "it" means next.
        About = turn.ToldOf.Count > 0 && Sources.Count > 0 ? [.. Sources.Select(s => turn.Index.NumberOf(s.Id)).OfType<int>()]
            : turn.Evidence.Grounded ? [.. turn.Evidence.Answer.Select(c => c.Sentence.Exhibit).Distinct()] : null;
    }

    /// <summary>Takes over how a kept answer ended; its parts are added as they are given.</summary>
    public void Finish(KeptAnswer kept)
    {
        Retrieved();
        (Composer, Grounded, Sources, About) = (kept.Composer, kept.Grounded, kept.Sources, kept.About);
    }

    /// <summary>Null: not what its composer would say another time, or made with the client's help.</summary>
    public KeptAnswer? ToKeep() => Ending != Ending.Complete || called ? null : new KeptAnswer
    {
        Composer = Composer,
        Grounded = Grounded,
        Parts = parts,
        Sources = Sources,
        About = About,
        IsMakeshift = isMakeshift,
    };
}

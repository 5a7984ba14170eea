using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Sentences;

namespace Museum.TextService.Answers;

/// <summary>What the guide will probably say, sentence by sentence as it will say it: for voices that are made ahead of time.</summary>
internal static class Sayings
{
    private static readonly CutRules Later = CutRules.Speech with { FirstSoft = false };

    /// <summary>The likeliest first.</summary>
    public static IEnumerable<string> Of(ContentIndex index, Tongue tongue)
    {
        var between = tongue == Tongue.Zh ? "" : " ";
        string[] own =
        [
            Wordings.Greeting[tongue], Wordings.DontKnow[tongue] + between + Wordings.AskOther[tongue], Wordings.WhichOne[tongue], Wordings.Welcome[tongue], Wordings.Farewell[tongue],
            Wordings.Abilities(index, tongue), .. index.Halls.Select(hall => Wordings.HallList(index, hall, tongue)),
        ];
        var quotable = Enumerable.Range(0, index.Exhibits.Count).SelectMany(exhibit => index.Sentences(exhibit, tongue)).Select(s => s.Text).ToList();
        return own.Concat(index.OfferedAnswers.SelectMany(a => a[tongue])).Concat(quotable)
            .SelectMany(answer => SentenceCutter.Cut(answer, CutRules.Speech))
            // A long sentence that does not begin its answer is not cut at a clause.
            .Concat(quotable.SelectMany(text => SentenceCutter.Cut(text, Later)))
            .Where(sentence => (Tongues.Plainly(sentence) ?? tongue) == tongue)
            .Distinct();
    }
}

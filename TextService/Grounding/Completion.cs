using Museum.TextService.Answers;
using Museum.TextService.Generation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace Museum.TextService.Grounding;

/// <summary>What the curators' sentences add to an answer that a model began.</summary>
internal static class Completion
{
    // From here on what a sentence tells has been told, in whatever words.
    private const double Told = 0.6;

    /// <summary>Empty when everything there is to say was said.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="said">The model's sentences that the visitor has.</param>
    public static string Of(Turn turn, IReadOnlyList<string> said)
    {
        var tongue = turn.Question.Answer;
        if (turn.SmallTalk.Kind != SmallTalkKind.None)
        {
            return "";
        }

        if (said.Any(Wordings.SaysDontKnow))
        {
            // The curators' answer after it would contradict it.
            return Wordings.AskOther[tongue];
        }

        if (turn.Evidence.Grounded)
        {
            var heard = said.SelectMany(s => SentenceIndexer.TermsOf(s, tongue)).ToHashSet();
            return string.Join(tongue == Tongue.Zh ? "" : " ", turn.Evidence.Answer.Select(c => c.Sentence).Where(s => !IsTold(s, heard, turn)).Select(s => s.Text));
        }

        var support = new Support(turn);
        var isTold = turn.ClientTold || said.Any(s => support.Of(s).Count > 0);
        return isTold ? Wordings.AskOther[tongue] : Wordings.DontKnow[tongue] + (tongue == Tongue.Zh ? "" : " ") + Wordings.AskOther[tongue];
    }

    /// <summary>A text that goes on after another.</summary>
    public static string Joined(string before, string text) => char.IsWhiteSpace(before[^1]) || Han.Is(text[0]) || text[0] is '《' or '“' ? text : " " + text;

    private static bool IsTold(IndexedSentence sentence, HashSet<string> heard, Turn turn)
    {
        var lexicon = turn.Index.Lexicon(sentence.Tongue);
        var terms = SentenceIndexer.TermsOf(sentence.Text, sentence.Tongue).Where(t => t[0] != '#').ToHashSet();
        var whole = terms.Sum(lexicon.Rarity);
        if (whole > 0 && terms.Where(heard.Contains).Sum(lexicon.Rarity) / whole < Told)
        {
            return false;
        }

        // "When" is not answered by everything else that the sentence says.
        var figures = terms.Where(t => char.IsAsciiDigit(t[0])).ToList();
        return !KindFit.IsStrict(turn.Question.Kind) || figures.Count == 0 || figures.Exists(heard.Contains);
    }
}

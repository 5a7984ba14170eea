using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Answers;

/// <summary>Finds in the other language's text what a sentence says. The texts are written apart but run in parallel.</summary>
internal static class Translation
{
    public static Candidate Of(Candidate candidate, ContentIndex index, Tongue tongue)
    {
        var sentence = candidate.Sentence;
        var own = index.Sentences(sentence.Exhibit, sentence.Tongue);
        var others = index.Sentences(sentence.Exhibit, tongue);
        var place = sentence.Position / (double)own.Count;
        var digits = Digits(sentence);
        return candidate with { Sentence = others.MaxBy(Likeness)! };

        double Likeness(IndexedSentence other)
        {
            var both = Count(other.Traits & sentence.Traits);
            var either = Count(other.Traits | sentence.Traits);
            return (other.Section == sentence.Section ? 0.5 : 0)
                + (either == 0 ? 0 : 0.4 * both / either)
                + (digits.Count > 0 && digits.Overlaps(Digits(other)) ? 0.6 : 0)
                - Math.Abs(other.Position / (double)others.Count - place);
        }
    }

    private static int Count(Traits traits) => System.Numerics.BitOperations.PopCount((uint)traits);

    private static HashSet<string> Digits(IndexedSentence sentence) => [.. EnglishWords.Of(sentence.Text).Where(w => char.IsAsciiDigit(w[0]))];
}

using System.Globalization;

namespace Museum.AudioService.Vocabulary;

/// <summary>
/// A trigram model with Witten-Bell smoothing, interpolated: P(w|h) = (c(hw) + T(h)·P(w|h')) / (c(h) + T(h)), where T(h) is how many
/// different words followed h (Witten and Bell, "The zero-frequency problem", IEEE Transactions on Information Theory 37(4), 1991).
/// Kneser-Ney is better on running text (Chen and Goodman, "An empirical study of smoothing techniques", 1998), but takes its discounts
/// from how many n-grams were seen just once or twice, and half of these counts are no text: they are question patterns written out,
/// weighted, with almost nothing seen once. Witten-Bell takes fractions of counts and needs no such statistics.
/// </summary>
internal sealed class TrigramModel
{
    private const string Begin = "<s>";
    private const string End = "</s>";

    // Share of the mass at the bottom that every known word has, said before or not: a fifth for each different word per word counted.
    private const double BackgroundWeight = 5;

    private readonly Dictionary<string, double> ones = [];
    private readonly Dictionary<(string, string), double> twos = [];
    private readonly Dictionary<(string, string, string), double> threes = [];

    public IReadOnlyCollection<string> Words => ones.Keys;

    /// <param name="words">At least one.</param>
    /// <param name="weight">How often it was said; fractions are welcome.</param>
    /// <param name="whole">False for a part of what someone may say, whose beginning and end say nothing about how utterances begin and end.</param>
    public void Count(IReadOnlyList<string> words, double weight, bool whole)
    {
        IReadOnlyList<string> said = whole ? [Begin, .. words, End] : words;
        for (var i = 0; i < said.Count; i++)
        {
            if (i > 0 || !whole)
            {
                ones[said[i]] = ones.GetValueOrDefault(said[i]) + weight;
            }

            if (i > 0)
            {
                twos[(said[i - 1], said[i])] = twos.GetValueOrDefault((said[i - 1], said[i])) + weight;
            }

            if (i > 1)
            {
                threes[(said[i - 2], said[i - 1], said[i])] = threes.GetValueOrDefault((said[i - 2], said[i - 1], said[i])) + weight;
            }
        }
    }

    /// <summary>Writes it as ARPA text: log₁₀ of probability, n-gram, log₁₀ of the weight of what is backed off to.</summary>
    public void Write(TextWriter arpa)
    {
        var single = Singles();
        var afterOne = Leftover(twos, static t => t.Item1);
        var afterTwo = Leftover(threes, static t => (t.Item1, t.Item2));
        var pairs = twos.ToDictionary(p => p.Key, p => (p.Value * afterOne[p.Key.Item1].PerCount) + (afterOne[p.Key.Item1].Left * single[p.Key.Item2]));
        arpa.Write($"\\data\\\nngram 1={single.Count + 1}\nngram 2={pairs.Count}\nngram 3={threes.Count}\n\n\\1-grams:\n");
        arpa.Write($"-99 {Begin} {Log(afterOne.GetValueOrDefault(Begin, (1, 1)).Left)}\n");
        foreach (var (word, p) in single.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            arpa.Write($"{Log(p)} {word} {Log(afterOne.GetValueOrDefault(word, (1, 1)).Left)}\n");
        }

        arpa.Write("\n\\2-grams:\n");
        foreach (var ((one, two), p) in pairs.OrderBy(p => p.Key.Item1, StringComparer.Ordinal).ThenBy(p => p.Key.Item2, StringComparer.Ordinal))
        {
            arpa.Write($"{Log(p)} {one} {two} {Log(afterTwo.GetValueOrDefault((one, two), (1, 1)).Left)}\n");
        }

        arpa.Write("\n\\3-grams:\n");
        foreach (var ((one, two, three), count) in threes.OrderBy(p => p.Key.Item1, StringComparer.Ordinal).ThenBy(p => p.Key.Item2, StringComparer.Ordinal).ThenBy(p => p.Key.Item3, StringComparer.Ordinal))
        {
            var after = afterTwo[(one, two)];
            arpa.Write($"{Log((count * after.PerCount) + (after.Left * pairs[(two, three)]))} {one} {two} {three}\n");
        }

        arpa.Write("\n\\end\\\n");
    }

    private Dictionary<string, double> Singles()
    {
        var total = ones.Values.Sum();
        var known = total / (total + (BackgroundWeight * ones.Count));
        return ones.ToDictionary(p => p.Key, p => (known * p.Value / total) + ((1 - known) / ones.Count));
    }

    /// <summary>Per history: what one count of a follower weighs, and what is left for the shorter history.</summary>
    private static Dictionary<TKey, (double PerCount, double Left)> Leftover<TGram, TKey>(Dictionary<TGram, double> grams, Func<TGram, TKey> history)
        where TGram : notnull
        where TKey : notnull =>
        grams.GroupBy(g => history(g.Key)).ToDictionary(g => g.Key, g =>
        {
            var (total, different) = (g.Sum(p => p.Value), g.Count());
            return (1 / (total + different), different / (total + different));
        });

    private static string Log(double p) => Math.Log10(p).ToString("F4", CultureInfo.InvariantCulture);
}

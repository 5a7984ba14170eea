using static Museum.AvatarService.Visemes.Viseme;

namespace Museum.AvatarService.Visemes;

/// <summary>
/// espeak-ng's phoneme mnemonics to mouth shapes. They are spelled out of parts, so they are read rather than listed: consonants by the
/// longest known beginning (<c>tS;h</c>, <c>ts.</c>, <c>kh</c>), vowels letter by letter (<c>iou</c>, <c>uei</c>, <c>aI</c>, <c>oU</c>).
/// In Mandarin <c>th</c> and <c>ph</c> are an aspirated t and p, and <c>y</c> is the rounded ü; English writes <c>T</c>, <c>D</c> and <c>j</c>.
/// </summary>
internal static class EspeakMnemonics
{
    // Longest first.
    private static readonly (string Begins, MouthTarget? Shape)[] Consonants =
    [
        ("tS", new(CH, 0.9)), ("dZ", new(CH, 0.9)), ("ts.", new(CH, 0.8)), ("ts", new(SS, 0.8)), ("s.", new(CH, 0.8)), ("z.", new(RR, 0.7)),
        ("S;", new(SS, 0.7)), ("S", new(CH, 0.9)), ("Z", new(CH, 0.9)), ("p", new(PP, 1)), ("b", new(PP, 1)), ("m", new(PP, 1)),
        ("f", new(FF, 1)), ("v", new(FF, 1)), ("T", new(TH, 0.9)), ("D", new(TH, 0.8)), ("t", new(DD, 0.8)), ("d", new(DD, 0.8)),
        ("k", new(Kk, 0.7)), ("g", new(Kk, 0.7)), ("N", new(Kk, 0.6)), ("x", new(Kk, 0.5)), ("X", null), ("h", null), ("?", null), (";", null),
        ("s", new(SS, 0.8)), ("z", new(SS, 0.8)), ("n", new(Nn, 0.7)), ("l", new(Nn, 0.8)), ("L", new(Nn, 0.8)), ("r", new(RR, 0.8)), ("R", new(RR, 0.8)),
    ];

    /// <summary>Empty: takes the shape of what follows. Null for a mnemonic that cannot be read.</summary>
    public static IReadOnlyList<MouthTarget>? Targets(string symbol)
    {
        if (symbol.StartsWith('_'))
        {
            return [new MouthTarget(Sil, 1)];
        }

        foreach (var (begins, shape) in Consonants)
        {
            if (symbol.StartsWith(begins, StringComparison.Ordinal))
            {
                return shape is { } target ? [target] : [];
            }
        }

        return Vowel(symbol);
    }

    private static List<MouthTarget>? Vowel(string symbol)
    {
        // i. and i[ stand after s. and s: the teeth stay together.
        if (symbol is "i." or "i[" or "i.:")
        {
            return [new MouthTarget(Ih, 0.4)];
        }

        var parts = symbol.Select((letter, i) => Shape(letter, first: i == 0)).OfType<MouthTarget>().ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        // A glide before the vowel is short: i-o-u.
        var shares = parts.Select((p, i) => i == 0 && parts.Count > 1 && Glides(symbol[0]) ? 0.5 : 1).ToArray();
        return [.. parts.Select((part, i) => part with { Share = shares[i] / shares.Sum() })];
    }

    private static bool Glides(char letter) => letter is 'i' or 'j' or 'u' or 'w' or 'y';

    private static MouthTarget? Shape(char letter, bool first) => letter switch
    {
        'a' or 'A' => new(Aa, 0.9),
        'V' => new(Aa, 0.6),
        '@' => new(Aa, 0.4),
        '&' => new(E, 0.7),
        'e' or 'E' or '3' => new(E, 0.75),
        'i' or 'j' => new(Ih, 0.85),
        'I' => new(Ih, 0.65),
        'o' or 'O' or '0' or 'Q' => new(Oh, 0.9),
        'u' or 'w' or 'y' or 'Y' => new(Ou, 0.9),
        'U' => new(Ou, 0.65),
        // ong, @r, e@n: the vowel is left before the consonant.
        'n' or 'g' or 'N' when !first => new(Kk, 0.5),
        'r' or 'R' when !first => new(RR, 0.7),
        _ => null,
    };
}

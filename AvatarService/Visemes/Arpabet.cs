using System.Collections.Frozen;
using static Museum.AvatarService.Visemes.Viseme;

namespace Museum.AvatarService.Visemes;

/// <summary>CMU's radio phones, as flite names them, to mouth shapes. An empty list takes the shape of what follows.</summary>
internal static class Arpabet
{
    private static readonly FrozenDictionary<string, MouthTarget[]> Table = new Dictionary<string, MouthTarget[]>
    {
        ["p"] = [new(PP, 1)], ["b"] = [new(PP, 1)], ["m"] = [new(PP, 1)],
        ["f"] = [new(FF, 1)], ["v"] = [new(FF, 1)],
        ["th"] = [new(TH, 0.9)], ["dh"] = [new(TH, 0.8)],
        ["t"] = [new(DD, 0.8)], ["d"] = [new(DD, 0.8)], ["dx"] = [new(DD, 0.6)],
        ["k"] = [new(Kk, 0.7)], ["g"] = [new(Kk, 0.7)], ["ng"] = [new(Kk, 0.6)],
        ["ch"] = [new(CH, 0.9)], ["jh"] = [new(CH, 0.9)], ["sh"] = [new(CH, 0.9)], ["zh"] = [new(CH, 0.9)],
        ["s"] = [new(SS, 0.8)], ["z"] = [new(SS, 0.8)],
        ["n"] = [new(Nn, 0.7)], ["en"] = [new(Nn, 0.7)], ["l"] = [new(Nn, 0.8)], ["el"] = [new(Nn, 0.8)], ["em"] = [new(PP, 1)],
        ["r"] = [new(RR, 0.8)], ["er"] = [new(RR, 0.8)], ["axr"] = [new(RR, 0.6)],
        ["hh"] = [],
        ["w"] = [new(Ou, 0.9)], ["y"] = [new(Ih, 0.7)],
        ["aa"] = [new(Aa, 0.9)], ["ae"] = [new(Aa, 0.75)], ["ah"] = [new(Aa, 0.55)], ["ax"] = [new(Aa, 0.35)],
        ["eh"] = [new(E, 0.8)], ["ih"] = [new(Ih, 0.7)], ["ix"] = [new(Ih, 0.5)], ["iy"] = [new(Ih, 0.9)],
        ["ao"] = [new(Oh, 0.9)], ["uh"] = [new(Ou, 0.6)], ["uw"] = [new(Ou, 0.9)],
        ["ey"] = [new(E, 0.8, 0.6), new(Ih, 0.7, 0.4)],
        ["ay"] = [new(Aa, 0.9, 0.6), new(Ih, 0.7, 0.4)],
        ["aw"] = [new(Aa, 0.9, 0.55), new(Ou, 0.7, 0.45)],
        ["ow"] = [new(Oh, 0.9, 0.6), new(Ou, 0.7, 0.4)],
        ["oy"] = [new(Oh, 0.9, 0.6), new(Ih, 0.7, 0.4)],
        ["pau"] = [new(Sil, 1)], ["h#"] = [new(Sil, 1)], ["brth"] = [new(Sil, 1)],
    }.ToFrozenDictionary();

    /// <summary>Null for a phone that the table does not know.</summary>
    public static IReadOnlyList<MouthTarget>? Targets(string symbol) => Table.GetValueOrDefault(symbol);
}

namespace Museum.AvatarService.Visemes;

/// <summary>
/// The 15 mouth shapes of the Oculus lip-sync reference, by the ids that travel on the wire. <c>Dominance</c> says whose shape wins
/// where two want the same moment (after Cohen and Massaro's dominance functions): a closed lip always shows, a raised tongue hardly.
/// </summary>
internal sealed record Viseme(string Id, double Dominance)
{
    public static readonly Viseme Sil = new("sil", 1);
    public static readonly Viseme PP = new("PP", 1);
    public static readonly Viseme FF = new("FF", 0.95);
    public static readonly Viseme TH = new("TH", 0.7);
    public static readonly Viseme DD = new("DD", 0.4);
    public static readonly Viseme Kk = new("kk", 0.3);
    public static readonly Viseme CH = new("CH", 0.8);
    public static readonly Viseme SS = new("SS", 0.6);
    public static readonly Viseme Nn = new("nn", 0.4);
    public static readonly Viseme RR = new("RR", 0.6);
    public static readonly Viseme Aa = new("aa", 0.75);
    public static readonly Viseme E = new("E", 0.65);
    public static readonly Viseme Ih = new("ih", 0.5);
    public static readonly Viseme Oh = new("oh", 0.75);
    public static readonly Viseme Ou = new("ou", 0.8);

    public static IReadOnlyList<Viseme> All { get; } = [Sil, PP, FF, TH, DD, Kk, CH, SS, Nn, RR, Aa, E, Ih, Oh, Ou];

    /// <summary>The lips must meet (or meet the teeth), or the eye hears another word.</summary>
    public bool Closes => this == PP || this == FF;

    public bool Rounds => this == Ou || this == Oh;

    public bool IsVowel => this == Aa || this == E || this == Ih || Rounds;

    public override string ToString() => Id;
}

/// <summary>What a phone asks of the mouth for a share of its time, and how much of the shape.</summary>
internal readonly record struct MouthTarget(Viseme Viseme, double Weight, double Share = 1);

using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>The names of a museum by how they sound: finds the one that words were mistaken for, or none.</summary>
internal sealed class SoundIndex
{
    /// <summary>Words of a question that may be one name: "a thousand lee of reverse and mount hens" has eight.</summary>
    public const int MostWords = 8;

    private const int FewestConsonants = 2;

    // Among so many names a few words in a row hardly sound like one by chance; ten times as many are ten times as likely to hold one that they do sound like.
    private const double Few = 1_000;

    // Two sounds taken for each other differ in two bits.
    private const double Cheapest = 0.17;

    private readonly record struct Name(string Sound, int Consonants, uint Second, uint Made, string[] Words);

    // By first sound and number of consonants: of 20,000 names a few hundred are looked at.
    private readonly Dictionary<(char First, int Consonants), List<Name>> names = [];

    public SoundIndex(IEnumerable<string[]> named)
    {
        var count = 0;
        foreach (var words in named.DistinctBy(w => string.Join(' ', w)))
        {
            var name = Of(words);
            if (name.Consonants < FewestConsonants)
            {
                continue;
            }

            if (!names.TryGetValue((name.Sound[0], name.Consonants), out var alike))
            {
                names[(name.Sound[0], name.Consonants)] = alike = [];
            }

            alike.Add(name);
            count++;
        }

        Crowd = Math.Max(0, Math.Log10(Math.Max(1, count) / Few));
    }

    /// <summary>0 for a house of some hundred exhibits; 1 for ten times as many names, 2 for a hundred times: so much more must speak for each.</summary>
    public double Crowd { get; }

    /// <param name="heard">Folded words.</param>
    /// <param name="strictness">How much nearer than usual it must be: 1 is usual, 2 twice as near.</param>
    /// <returns>The name's words, and how far off per consonant; null when nothing sounds like it.</returns>
    public (string[] Words, double Distance)? Nearest(ReadOnlySpan<string> heard, double strictness)
    {
        var sound = Of([.. heard]);
        (string[] Words, double Distance)? nearest = null;
        foreach (var first in FirstSounds(sound.Sound))
        {
            for (var consonants = sound.Consonants - 2; consonants <= sound.Consonants + 2; consonants++)
            {
                foreach (var name in names.GetValueOrDefault((first, consonants)) ?? [])
                {
                    var allowed = Forgiven(name.Consonants) / strictness;
                    // Ears get the beginning right; and a sound that the other has not costs something. Nearly all names fall out here.
                    if (name.Second != sound.Second || System.Numerics.BitOperations.PopCount(name.Made ^ sound.Made) * Cheapest > allowed * name.Consonants)
                    {
                        continue;
                    }

                    var distance = SoundDistance.Of(sound.Sound, name.Sound, allowed * name.Consonants) / name.Consonants;
                    if (distance <= allowed && distance < (nearest?.Distance ?? double.PositiveInfinity))
                    {
                        nearest = (name.Words, distance);
                    }
                }
            }
        }

        return nearest;
    }

    // Of a short name nearly everything must be right, or any word would be one.
    private static double Forgiven(int consonants) => consonants switch
    {
        2 => 0,
        3 => 0.11,
        4 => 0.16,
        5 or 6 => 0.16,
        _ => 0.21,
    };

    private static IEnumerable<char> FirstSounds(string sound) => sound.Length == 0 ? [] : sound[0] switch
    {
        't' or 'd' => ['t', 'd'],
        'p' or 'b' => ['p', 'b'],
        'k' or 'g' => ['k', 'g'],
        's' or 'S' or 'C' or 'J' => ['s', 'S', 'C', 'J'],
        var other => [other],
    };

    private static Name Of(string[] words)
    {
        var sound = EnglishSound.Of(string.Concat(words));
        var consonants = sound.Where(c => c != EnglishSound.Vowel).ToList();
        return new Name(sound, consonants.Count, consonants.Count > 1 ? Bit(consonants[1]) : 0, sound.Aggregate(0u, (made, c) => made | Bit(c)), words);
    }

    // Sounds that are made alike share a bit.
    private static uint Bit(char c) => c switch
    {
        EnglishSound.Vowel => 0,
        'd' => Bit('t'),
        'b' => Bit('p'),
        'g' => Bit('k'),
        'C' or 'J' or 'S' => Bit('s'),
        >= 'a' and <= 'z' => 1u << (c - 'a'),
        _ => 1u << 31,
    };
}

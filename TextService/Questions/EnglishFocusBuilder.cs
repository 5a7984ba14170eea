using System.Collections.Frozen;
using Museum.TextService.Index;
using Museum.TextService.Language;

namespace Museum.TextService.Questions;

/// <summary>Finds what in the content may stand for a visitor's word: the word, its kin, its synonyms, or what it was a slip for.</summary>
internal static class EnglishFocusBuilder
{
    private const double Kin = 0.8;
    private const double Synonym = 0.7;
    private const double Slip = 0.8;

    public static EnglishFocus Build(string word, Lexicon lexicon)
    {
        var stem = EnglishStemmer.Stem(word);
        var alternatives = new List<(string, double)> { (stem, 1) };
        alternatives.AddRange(EnglishConcepts.Of(stem).Select(c => (c, Synonym)));
        if (EnglishConcepts.KindNamed(stem) is { } kind)
        {
            alternatives.Add((kind, Synonym));
        }

        if (!lexicon.Knows(stem) || stem.Length >= 6)
        {
            alternatives.AddRange(lexicon.Terms.Where(t => t != stem && IsKin(t, stem)).Select(t => (t, Kin)));
        }

        if (!lexicon.Knows(stem) && alternatives.Count == 1 && stem.Length >= 5)
        {
            alternatives.AddRange(lexicon.Terms.Where(t => t.Length >= 5 && t[0] == stem[0] && EditDistance.Of(t, stem, 1) == 1).Select(t => (t, Slip)));
        }

        // A word with everyday synonyms is itself an everyday word, and proves less by being absent.
        if (House.Contains(word))
        {
            return new EnglishFocus(word, stem, HouseWeight, [(stem, 1)]);
        }

        var most = Light.Contains(word) ? Question.LightWeight : alternatives.Count > 1 || EnglishEveryday.Has(word) ? 5 : double.MaxValue;
        var weight = Math.Min(lexicon.Rarity(stem), most);
        return new EnglishFocus(word, stem, weight, alternatives);
    }

    // Who says one of these asks about the house and this day, and no text of an exhibit answers.
    private const double HouseWeight = 25;

    private static readonly FrozenSet<string> House = FrozenSet.ToFrozenSet(
        ["tonight", "tomorrow", "ticket", "tickets", "toilet", "toilets", "cloakroom", "parking", "wifi", "cafe", "cafeteria", "lunch", "souvenir", "souvenirs", "umbrella", "queue", "discount", "wheelchair", "locker", "lockers", "stool", "refund", "metro", "taxi", "hotel", "wheelchairs", "password", "passwords"]);

    private static readonly FrozenSet<string> Light = FrozenSet.ToFrozenSet(
        ["first", "second", "last", "new", "old", "early", "late", "right", "artist", "painter", "sculptor", "maker", "guy", "person", "kind", "good", "great", "little", "big", "small", "famous", "real", "true", "different", "special", "certain", "whole", "single",
         "time", "times", "day", "days", "part", "parts", "end", "side", "sides", "place", "case", "fact", "look", "looks", "use", "used", "happen", "happened", "happens", "show", "shows", "shown"]);

    // sculptor–sculpture, Egypt–Egyptian, navigate–navigation: a long common beginning.
    private static bool IsKin(string a, string b)
    {
        var shared = 0;
        while (shared < a.Length && shared < b.Length && a[shared] == b[shared])
        {
            shared++;
        }

        return shared >= 5 && shared * 10 >= Math.Max(a.Length, b.Length) * 7 && a[0] != '#';
    }
}

using Museum.ServiceDefaults.Configuration;
using Museum.TextService.Language;

namespace Museum.TextService.Grounding;

/// <summary>Section <c>Persona</c>: who the guide is, how it speaks and of what it does not.</summary>
internal sealed class PersonaOptions
{
    public const string Section = "Persona";

    [Setting("Who the guide is, for a model; a client's own role comes after it.", Live = true)]
    public string Description { get; init; } = "You are the guide of a museum. You speak to one visitor at a time.";

    [Setting("How the guide speaks, for a model.", Live = true)]
    public string Tone { get; init; } = "Speak warmly and plainly, as to a curious friend.";

    [Setting("Words, separated by semicolons, in any language: who asks about one of them is told politely that the guide does not speak of it, and no answer does.", Live = true)]
    public string ForbiddenTopics { get; init; } = "";

    public IReadOnlyList<string> Forbidden => ForbiddenTopics.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>True when a text speaks of what the guide does not: by whole words in English, their endings aside.</summary>
    public bool Forbids(string text)
    {
        if (ForbiddenTopics.Length == 0)
        {
            return false;
        }

        var folded = Folding.Fold(text);
        var spoken = ' ' + string.Join(' ', EnglishWords.Of(folded).Select(EnglishStemmer.Stem)) + ' ';
        return Forbidden.Any(topic => Folding.Fold(topic) is var wanted && (wanted.Any(Han.Is)
            ? folded.Contains(wanted, StringComparison.Ordinal)
            : spoken.Contains(' ' + string.Join(' ', EnglishWords.Of(wanted).Select(EnglishStemmer.Stem)) + ' ', StringComparison.Ordinal)));
    }

    /// <summary>What an answer depends on.</summary>
    public override string ToString() => $"{Description}\n{Tone}\n{ForbiddenTopics}";
}

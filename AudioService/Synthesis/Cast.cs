using Museum.AudioService.Text;

namespace Museum.AudioService.Synthesis;

/// <summary>Who says which part of a sentence: all of it one provider, or, where it cannot read a script, another that can.</summary>
internal sealed record Cast(IReadOnlyList<(SentencePart Part, ISpeechSynthesizer By)> Roles)
{
    /// <summary>What else than the first provider decides how the sentence sounds; null: nothing.</summary>
    public string? OthersThan(ISpeechSynthesizer first, Utterance utterance) =>
        Roles.Where(role => role.By != first || role.Part.Language != utterance.Language).ToArray() is { Length: > 0 } others
            ? string.Join(' ', others.Select(role => $"{role.By.Name} {role.By.Voicing(Of(utterance, role.Part))}"))
            : null;

    /// <summary>As the part's speaker is asked: the wanted voice is its language's.</summary>
    public static Utterance Of(Utterance whole, SentencePart part) =>
        part.Language == whole.Language ? whole with { Text = part.Text } : whole with { Text = part.Text, Language = part.Language, Voice = null };

    /// <summary>A part's piece, as the sentence's: times count from the sentence's first sample, places from its first character.</summary>
    public static SpeechPiece Place(SpeechPiece piece, SentencePart part, long samples, bool isLast) => piece with
    {
        Words = [.. piece.Words.Select(w => w with { StartSample = w.StartSample + samples, EndSample = w.EndSample + samples, TextStart = w.TextStart + part.Start })],
        Phones = [.. piece.Phones.Select(p => p with { StartSample = p.StartSample + samples, EndSample = p.EndSample + samples })],
        TimesComplete = piece.TimesComplete && isLast,
    };
}

using System.Runtime.CompilerServices;
using Museum.AudioService.Sound;
using Museum.AudioService.Text;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// Who says which part of a sentence: all of it one provider, or, where that cannot read a script, another that can.
/// <code>part ─► provider ─► trimmed, resampled, levelled ─► its place in the sentence ─► one sound</code>
/// </summary>
/// <param name="first">Whose sentence it is.</param>
/// <param name="roles">In the sentence's order.</param>
internal sealed class Cast(ISpeechSynthesizer first, IReadOnlyList<(SentencePart Part, ISpeechSynthesizer By)> roles)
{
    /// <summary>What else than the first provider decides how the sentence sounds is in it, too.</summary>
    public CacheKey KeyOf(Utterance utterance, int sampleRate)
    {
        var others = roles.Where(role => role.By != first || role.Part.Language != utterance.Language).Select(role => $"{role.By.Name} {role.By.Voicing(Of(utterance, role.Part))}").ToArray();
        return SoundKey.Of(first, utterance, sampleRate, others.Length > 0 ? string.Join(' ', others) : null);
    }

    /// <summary>Ready when the first piece is; the rest follows by itself.</summary>
    public async Task<SentenceSound> SayAsync(Utterance utterance, int sampleRate, CancellationToken ct)
    {
        var started = Telemetry.Start();
        var pieces = SpeakAsync(utterance, sampleRate, ct).GetAsyncEnumerator(ct);
        try
        {
            if (!await pieces.MoveNextAsync())
            {
                throw new ClientException("nothing_to_say", "The text has nothing that can be spoken.");
            }
        }
        catch
        {
            await pieces.DisposeAsync();
            throw;
        }

        Telemetry.FirstSound(started, first.Name, utterance.Language, cached: false);
        var sound = new SentenceSound(first.Name, sampleRate);
        _ = DrainAsync(pieces, sound, started, utterance.Language);
        return sound;
    }

    private async IAsyncEnumerable<SpeechPiece> SpeakAsync(Utterance utterance, int sampleRate, [EnumeratorCancellation] CancellationToken ct)
    {
        long before = 0;
        foreach (var (i, (part, by)) in roles.Index())
        {
            long samples = 0, told = 0;
            await foreach (var piece in ShapeAsync(by, Of(utterance, part), sampleRate, ct))
            {
                samples += piece.Pcm.Length;
                // A last phone may be told to end some samples after the trimmed sound does; the next part's times begin no earlier.
                told = Math.Max(told, Math.Max(samples, piece.Phones is [.., var last] ? last.EndSample : 0));
                yield return roles.Count == 1 && part.Start == 0 ? piece : Place(piece, part, before, isLast: i == roles.Count - 1);
            }

            before += told;
        }
    }

    private static async IAsyncEnumerable<SpeechPiece> ShapeAsync(
        ISpeechSynthesizer provider, Utterance utterance, int sampleRate, [EnumeratorCancellation] CancellationToken ct)
    {
        SpeechShaper? shaper = null;
        await foreach (var piece in provider.SynthesizeAsync(utterance, ct))
        {
            shaper ??= new SpeechShaper(piece, sampleRate);
            if (shaper.Push(piece) is { } shaped)
            {
                yield return shaped;
            }
        }

        if (shaper?.Finish() is { } last)
        {
            yield return last;
        }
    }

    private static async Task DrainAsync(IAsyncEnumerator<SpeechPiece> pieces, SentenceSound sound, long started, string language)
    {
        try
        {
            await using (pieces)
            {
                do
                {
                    sound.Append(pieces.Current);
                }
                while (await pieces.MoveNextAsync());
            }

            sound.Finish();
            Telemetry.Spoken(started, sound, language);
        }
        catch (Exception e)
        {
            // It is thrown again to whoever reads the sound.
            sound.Finish(e);
        }
    }

    /// <summary>As the part's speaker is asked: the wanted voice is its language's.</summary>
    private static Utterance Of(Utterance whole, SentencePart part) =>
        part.Language == whole.Language ? whole with { Text = part.Text } : whole with { Text = part.Text, Language = part.Language, Voice = null };

    /// <summary>A part's piece, as the sentence's: times count from the sentence's first sample, places from its first character.</summary>
    private static SpeechPiece Place(SpeechPiece piece, SentencePart part, long samples, bool isLast) => piece with
    {
        Words = [.. piece.Words.Select(w => w with { StartSample = w.StartSample + samples, EndSample = w.EndSample + samples, TextStart = w.TextStart + part.Start })],
        Phones = [.. piece.Phones.Select(p => p with { StartSample = p.StartSample + samples, EndSample = p.EndSample + samples })],
        TimesComplete = piece.TimesComplete && isLast,
    };
}

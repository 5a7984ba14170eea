using Museum.AudioService.Espeak;
using Museum.AudioService.Flite;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Remote;

/// <summary>What a sentence's phones are, as an engine of this machine would say it.</summary>
internal sealed record LocalReading(IReadOnlyList<TimedWord> Words, IReadOnlyList<TimedPhone> Phones)
{
    public static readonly LocalReading None = new([], []);
}

/// <summary>
/// Remote voices tell when words sound, at best, but a face needs phones. So the sentence is said once more, to nobody, by the engine of
/// this machine: flite in English, espeak-ng otherwise (3–30 ms beside a request that takes hundreds).
/// </summary>
internal sealed class LocalReader(FliteSynthesizer flite, EspeakSynthesizer espeak)
{
    /// <summary>Empty when no engine here speaks the language, or none is free: then there is sound without a face.</summary>
    public async Task<LocalReading> ReadAsync(Utterance utterance, CancellationToken ct)
    {
        ISpeechSynthesizer engine = flite.Speaks(utterance.Language) ? flite : espeak;
        if (!engine.Speaks(utterance.Language))
        {
            return LocalReading.None;
        }

        var words = new List<TimedWord>();
        var phones = new List<TimedPhone>();
        try
        {
            await foreach (var piece in engine.SynthesizeAsync(new Utterance(utterance.Text, utterance.Language), ct))
            {
                words.AddRange(piece.Words);
                phones.AddRange(piece.Phones);
            }
        }
        catch (MuseumException)
        {
            return LocalReading.None;
        }

        return new LocalReading(words, phones);
    }
}

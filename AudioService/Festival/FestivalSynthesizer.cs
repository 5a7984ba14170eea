using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Text;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Festival;

/// <summary>
/// English by festival's HTS voice, whole sentences at a time: its first sound comes much later than flite's (./museum bench speech voices), so
/// it speaks when <c>quality: high</c> is asked for.
/// </summary>
internal sealed class FestivalSynthesizer(ResourcePool<FestivalWorker> workers) : ISpeechSynthesizer
{
    public const string ProviderName = "festival";

    private const string VoiceName = "slt-hts";
    private const int SampleRate = 32_000;

    // RMS of its speech, relative to full scale: ./museum bench speech voices.
    private const double Level = 0.085;

    private volatile Exception? failure;

    public string Name => ProviderName;

    public IReadOnlyList<Voice> Voices { get; } = [new(VoiceName, "en", ProviderName)];

    public bool Speaks(string language) => language == "en";

    public string Voicing(Utterance utterance) => VoiceName;

    /// <summary>While none has failed, that it is installed is enough: a worker that nobody asked for is not started to be looked at.</summary>
    public async ValueTask<string?> ProbeAsync(CancellationToken ct) =>
        failure is null ? FestivalWorker.Missing() : (failure = await workers.ProbeAsync(ct))?.Message;

    public async IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, [EnumeratorCancellation] CancellationToken ct)
    {
        if (EnglishText.Prepare(utterance.Text) is not { } text)
        {
            yield break;
        }

        var pitch = PitchShift.Step(utterance.Pitch);
        var (pcm, lines) = await SayAsync(text.Text, utterance.Rate / pitch, ct);
        var samples = MemoryMarshal.Cast<byte, short>(pcm).ToArray();
        var (words, phones) = Times(text, lines);
        var piece = new SpeechPiece(SampleRate) { VoiceLevel = Level, TimesComplete = true };
        // 100 ms each, as a listener takes them.
        for (var at = 0; at < samples.Length; at += SampleRate / 10)
        {
            ct.ThrowIfCancellationRequested();
            piece = piece with { Pcm = samples.AsMemory(at, Math.Min(SampleRate / 10, samples.Length - at)), Words = at == 0 ? words : [], Phones = at == 0 ? phones : [] };
            yield return PitchShift.Apply(piece, pitch);
        }
    }

    private async Task<(byte[] Pcm, IReadOnlyList<string> Lines)> SayAsync(string text, double rate, CancellationToken ct)
    {
        try
        {
            await using var worker = await workers.RentAsync(ct);
            try
            {
                return await worker.Value.SayAsync(text, rate, ct);
            }
            catch
            {
                // It stands in the middle of a sentence, or has ended.
                worker.Discard();
                throw;
            }
        }
        catch (DependencyException e)
        {
            failure = e;
            throw;
        }
    }

    private static (IReadOnlyList<TimedWord> Words, IReadOnlyList<TimedPhone> Phones) Times(SpokenText text, IReadOnlyList<string> lines)
    {
        var words = new List<TimedWord>();
        var phones = new List<TimedPhone>();
        var line = new WordTimeline();
        var (place, length, cursor) = (-1, 0, 0);
        foreach (var parts in lines.Select(l => l.Split(' ')))
        {
            switch (parts)
            {
                case ["T", var token]:
                    (place, length) = (text.Text.IndexOf(token, cursor, StringComparison.Ordinal), token.Length);
                    cursor = place < 0 ? cursor : place + length;
                    break;
                case ["W", var start, var end] when place >= 0:
                    words.AddRange(line.Begin(text, place, length, Samples(start)) is { } complete ? [complete] : []);
                    line.Extend(Samples(end));
                    break;
                case ["P", var symbol, var until]:
                    phones.Add(new TimedPhone(symbol, "arpabet", phones.Count > 0 ? phones[^1].EndSample : 0, Samples(until)));
                    break;
            }
        }

        words.AddRange(line.Finish() is { } last ? [last] : []);
        return (words, phones);
    }

    private static long Samples(string seconds) => (long)Math.Round(double.Parse(seconds, CultureInfo.InvariantCulture) * SampleRate);
}

using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Sound;

/// <summary>
/// Makes of an engine's pieces what goes out: silence trimmed, one loudness, the wanted sample rate, and times that fit.
/// <code>piece ─► trim ─► resample ─► gain and limit ─► piece</code>
/// </summary>
internal sealed class SpeechShaper
{
    private readonly int from;
    private readonly int to;
    private readonly SilenceTrimmer trimmer;
    private readonly Resampler resampler;
    private readonly Loudness loudness;
    private readonly List<TimedWord> words = [];
    private readonly List<TimedPhone> phones = [];

    public SpeechShaper(SpeechPiece first, int sampleRate)
    {
        (from, to) = (first.SampleRate, sampleRate);
        trimmer = new SilenceTrimmer(from);
        resampler = new Resampler(from, to);
        loudness = new Loudness(first.VoiceLevel);
    }

    /// <summary>Null while nothing audible has come.</summary>
    public SpeechPiece? Push(SpeechPiece piece)
    {
        words.AddRange(piece.Words);
        phones.AddRange(piece.TimesComplete ? ShortenLastPause(piece.Phones) : piece.Phones);
        var samples = new float[piece.Pcm.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = piece.Pcm.Span[i] / 32768f;
        }

        var shaped = loudness.Apply(resampler.Push(trimmer.Push(samples)));
        return trimmer.Started && (shaped.Length > 0 || words.Count + phones.Count > 0) ? Release(shaped, piece.TimesComplete) : null;
    }

    /// <summary>The last piece; null when the whole sentence was silent.</summary>
    public SpeechPiece? Finish() => trimmer.Started
        ? Release([.. loudness.Apply(resampler.Push(trimmer.Finish())), .. loudness.Apply(resampler.Finish())], complete: true)
        : null;

    private SpeechPiece Release(short[] pcm, bool complete)
    {
        var piece = new SpeechPiece(to)
        {
            Pcm = pcm,
            Words = [.. words.Select(w => w with { StartSample = Shift(w.StartSample), EndSample = Shift(w.EndSample) })],
            Phones = [.. phones.Select(p => p with { StartSample = Shift(p.StartSample), EndSample = Shift(p.EndSample) }).Where(p => p.EndSample > p.StartSample)],
            TimesComplete = complete,
        };
        words.Clear();
        phones.Clear();
        return piece;
    }

    private long Shift(long sample) => Math.Max(0, sample - trimmer.Dropped) * to / from;

    // What the trimmer will cut from the end is not known yet, but it leaves at most this.
    private IEnumerable<TimedPhone> ShortenLastPause(IReadOnlyList<TimedPhone> complete) => complete.Select((phone, i) =>
        i == complete.Count - 1 && Pauses.Is(phone)
            ? phone with { EndSample = Math.Min(phone.EndSample, phone.StartSample + (from * SilenceTrimmer.MaxTailMilliseconds / 1000)) }
            : phone);
}

using System.Runtime.CompilerServices;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Sound;

/// <summary>
/// Makes of an engine's pieces what goes out: silence trimmed, one loudness, the wanted sample rate, and times that fit.
/// <code>piece ─► trim ─► resample ─► gain and limit ─► piece</code>
/// </summary>
internal sealed class SpeechShaper
{
    private const int MaxStartErrorMilliseconds = 20;

    private readonly int from;
    private readonly int to;
    private readonly SilenceTrimmer trimmer;
    private readonly Resampler resampler;
    private readonly Loudness loudness;
    private readonly List<TimedWord> words = [];
    private readonly List<TimedPhone> phones = [];
    private bool aligned;

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
        var shaped = loudness.Apply(resampler.Push(trimmer.Push(Wave(piece.Pcm.Span))));
        return trimmer.Started && (shaped.Length > 0 || words.Count + phones.Count > 0) ? Release(shaped, piece.TimesComplete) : null;
    }

    /// <summary>The last piece; null when the whole sentence was silent.</summary>
    public SpeechPiece? Finish() => trimmer.Started
        ? Release([.. loudness.Apply(resampler.Push(trimmer.Finish())), .. loudness.Apply(resampler.Finish())], complete: true)
        : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Wave(ReadOnlySpan<short> pcm)
    {
        var wave = new float[pcm.Length];
        for (var i = 0; i < wave.Length; i++)
        {
            wave[i] = pcm[i] / 32768f;
        }

        return wave;
    }

    private SpeechPiece Release(short[] pcm, bool complete)
    {
        StartWithTheSound();
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

    // Engines let a vowel at the very beginning sound up to 70 ms before its phone, and a plosive's phone begin well before its burst.
    // The mouth shall open with what is heard.
    private void StartWithTheSound()
    {
        var first = phones.FindIndex(p => !Pauses.Is(p));
        if (aligned || first < 0)
        {
            return;
        }

        aligned = true;
        var told = phones[first].StartSample;
        var slack = from * MaxStartErrorMilliseconds / 1000;
        var start = Math.Min(Math.Clamp(told, trimmer.FirstLoud - slack, trimmer.FirstLoud + slack), phones[first].EndSample);
        phones[first] = phones[first] with { StartSample = start };
        if (first > 0)
        {
            phones[first - 1] = phones[first - 1] with { EndSample = start };
        }

        if (words.Count > 0 && words[0].StartSample == told)
        {
            words[0] = words[0] with { StartSample = start };
        }
    }

    private long Shift(long sample) => Math.Max(0, sample - trimmer.Dropped) * to / from;

    // What the trimmer will cut from the end is not known yet, but it leaves at most this.
    private IEnumerable<TimedPhone> ShortenLastPause(IReadOnlyList<TimedPhone> complete) => complete.Select((phone, i) =>
        i == complete.Count - 1 && Pauses.Is(phone)
            ? phone with { EndSample = Math.Min(phone.EndSample, phone.StartSample + (from * SilenceTrimmer.MaxTailMilliseconds / 1000)) }
            : phone);
}

using System.Runtime.InteropServices;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.PocketSphinx;

/// <summary>One native decoder: one utterance at a time, on one thread at a time.</summary>
internal sealed unsafe class SphinxDecoder : IDisposable
{
    public const int FrameSamples = 160;

    // Where the cepstral means hang in feat_t: after refcount, name, sizes, sub-vectors, kinds and a function, on 64 bits.
    private const int MeansOffset = 88;
    private const int Coefficients = 13;

    // A voice and its microphone colour every sound alike; taking their mean away is half of recognising. The decoder would take a
    // stranger's mean for the first utterance: 9.9 % word errors. From one second of this visitor, weighed against one of the stranger,
    // it is 8.4 %, and a partial transcript comes a second after the first sound.
    private const int BeginningSamples = 16_000;

    // For who speaks over the guide: words after 0.6 s, for about one word error in a hundred more, in noise three.
    private const int EarlyBeginningSamples = 9_600;
    private const float StrangersFrames = 100;

    // Of who is told nothing before the end: sure means count more than the 0.2 s of a core that it is later by.
    private const int PatientBeginningSamples = 48_000;

    // Its running means change where a piece ends: in pieces of its own the same speech is heard alike, however it comes in. 100 ms.
    private const int PieceSamples = 1_600;

    private readonly nint decoder;
    private readonly float[]? means;
    private readonly List<short> waiting = [];
    private bool running;
    private int wanted = BeginningSamples;

    public SphinxDecoder(SphinxModel model)
    {
        var configuration = SphinxLibrary.Configure(model.Arguments);
        decoder = configuration == 0 ? 0 : SphinxLibrary.NewDecoder(configuration);
        if (configuration != 0)
        {
            _ = SphinxLibrary.FreeConfiguration(configuration);
        }

        if (decoder == 0)
        {
            throw new DependencyException("recognizer_broken", $"PocketSphinx cannot read its model in {model.Folder}.");
        }

        means = InitialMeans();
    }

    /// <summary>The next utterance.</summary>
    /// <param name="whole">All of it, when it is known: its means are then those of the whole. Otherwise of its first second.</param>
    /// <param name="early">Words sooner, and less surely.</param>
    /// <param name="patient">No words before the end are wanted.</param>
    public void Start(ReadOnlySpan<short> whole = default, bool early = false, bool patient = false)
    {
        wanted = patient ? PatientBeginningSamples : early ? EarlyBeginningSamples : BeginningSamples;
        if (running)
        {
            // The last utterance was given up.
            running = false;
            Check(SphinxLibrary.EndUtterance(decoder));
        }

        waiting.Clear();
        if (!whole.IsEmpty)
        {
            Begin(whole);
        }
    }

    public void Hear(ReadOnlySpan<short> samples)
    {
        waiting.AddRange(samples);
        if (!running && waiting.Count >= wanted)
        {
            Begin(CollectionsMarshal.AsSpan(waiting)[..wanted]);
        }

        if (running)
        {
            ProcessPieces();
        }
    }

    /// <summary>The best words so far; empty while there are none.</summary>
    public string Hypothesis() => !running ? "" : SphinxLibrary.Hypothesis(decoder, out _) ?? "";

    /// <summary>The utterance is over.</summary>
    /// <param name="alternatives">Other readings wanted.</param>
    public SphinxResult Finish(int alternatives)
    {
        if (!running)
        {
            if (waiting.Count == 0)
            {
                return SphinxResult.Nothing;
            }

            Begin(CollectionsMarshal.AsSpan(waiting));
        }

        ProcessPieces();
        Process(CollectionsMarshal.AsSpan(waiting));
        waiting.Clear();
        running = false;
        Check(SphinxLibrary.EndUtterance(decoder));
        // Makes the lattice's best path, which the segments and their probabilities are read from.
        if (SphinxLibrary.Hypothesis(decoder, out var score) is not { Length: > 0 } best)
        {
            return SphinxResult.Nothing;
        }

        var log = SphinxLibrary.LogMath(decoder);
        var words = new List<SphinxWord>();
        for (var segment = SphinxLibrary.Segments(decoder); segment != 0; segment = SphinxLibrary.NextSegment(segment))
        {
            var word = SphinxLibrary.SegmentWord(segment);
            if (word[0] is '<' or '[' or '+')
            {
                continue;
            }

            SphinxLibrary.SegmentFrames(segment, out var first, out var last);
            var posterior = SphinxLibrary.Exp(log, SphinxLibrary.SegmentProbability(segment, out _, out var language, out _));
            words.Add(new SphinxWord(Plain(word), first * FrameSamples, (last + 1) * FrameSamples, Math.Min(1, posterior), language));
        }

        return new SphinxResult(words, Readings(best, alternatives), score);
    }

    public void Dispose() => _ = SphinxLibrary.FreeDecoder(decoder);

    private void Begin(ReadOnlySpan<short> samples)
    {
        // What was learned of the last visitor would mishear the beginning: this one has another voice at another distance.
        if (means is not null)
        {
            var (own, frames) = OwnMeans(samples);
            fixed (float* values = means.Zip(own, (stranger, mean) => ((StrangersFrames * stranger) + (frames * mean)) / (StrangersFrames + frames)).ToArray())
            {
                SphinxLibrary.SetMeans(CepstralMeans(), values);
            }
        }

        // After the means: the analysis counts its frames on, and words would be later by a second.
        _ = SphinxLibrary.StartStream(decoder);
        Check(SphinxLibrary.StartUtterance(decoder));
        running = true;
    }

    /// <summary>The cepstral means of these samples, by the decoder's own spectrum: a hundredth of what a search costs.</summary>
    private (float[] Means, int Frames) OwnMeans(ReadOnlySpan<short> samples)
    {
        var count = (samples.Length / FrameSamples) + 1;
        var cepstra = new float[count * Coefficients];
        fixed (float* first = cepstra)
        fixed (short* sound = samples)
        {
            count = SphinxLibrary.Cepstra(decoder, sound, samples.Length, first, count, Coefficients);
        }

        Check(count);
        var means = Enumerable.Range(0, Coefficients).Select(i => Enumerable.Range(0, count).Sum(frame => cepstra[(frame * Coefficients) + i]) / Math.Max(1, count));
        return ([.. means], count);
    }

    private void ProcessPieces()
    {
        var whole = waiting.Count - (waiting.Count % PieceSamples);
        for (var at = 0; at < whole; at += PieceSamples)
        {
            Process(CollectionsMarshal.AsSpan(waiting).Slice(at, PieceSamples));
        }

        waiting.RemoveRange(0, whole);
    }

    private void Process(ReadOnlySpan<short> samples)
    {
        fixed (short* first = samples)
        {
            Check(SphinxLibrary.Process(decoder, first, (nuint)samples.Length, 0, 0));
        }
    }

    /// <summary>"read(2)", the second pronunciation, is "read".</summary>
    public static string Plain(string word) => word.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? word[..at] : word;

    private List<string> Readings(string best, int wanted)
    {
        var readings = new List<string>();
        if (wanted == 0)
        {
            return readings;
        }

        // A lattice has many paths of the same words; far down the list they only differ in pauses.
        var look = 10 * wanted;
        var reading = SphinxLibrary.Readings(decoder);
        while (reading != 0 && look-- > 0 && readings.Count < wanted)
        {
            if (SphinxLibrary.Reading(reading, out _) is { Length: > 0 } text && text != best && !readings.Contains(text))
            {
                readings.Add(text);
            }

            reading = SphinxLibrary.NextReading(reading);
        }

        if (reading != 0)
        {
            SphinxLibrary.FreeReadings(reading);
        }

        return readings;
    }

    // Null when the library is laid out otherwise than 0.8+5prealpha; then a decoder goes on with its last speaker's means.
    private float[]? InitialMeans() => Means() is var read && read[0] is > 1 and < 100 && read.All(float.IsFinite) ? read : null;

    private float[] Means()
    {
        var read = new float[Coefficients];
        fixed (float* values = read)
        {
            SphinxLibrary.GetMeans(CepstralMeans(), values);
        }

        return read;
    }

    private nint CepstralMeans() => Marshal.ReadIntPtr(SphinxLibrary.Features(decoder) + MeansOffset);

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new DependencyException("recognizer_failed", "PocketSphinx could not go on with the utterance.");
        }
    }
}

/// <summary>What a decoder makes of an utterance.</summary>
/// <param name="Words">Of the best path.</param>
/// <param name="Readings">Other paths, best first.</param>
/// <param name="Score">Of the best path, acoustic and language: a logarithm, base 1.0001, divided by 1024.</param>
internal sealed record SphinxResult(IReadOnlyList<SphinxWord> Words, IReadOnlyList<string> Readings, int Score)
{
    public static readonly SphinxResult Nothing = new([], [], int.MinValue);
}

/// <param name="Text">As in the dictionary: lower case.</param>
/// <param name="Posterior">0–1, in the lattice of this utterance.</param>
/// <param name="LanguageScore">Log (base 1.0001, divided by 1024) of the word's probability after its neighbours: below −400 nobody was expected to say it.</param>
internal sealed record SphinxWord(string Text, long StartSample, long EndSample, double Posterior, int LanguageScore);

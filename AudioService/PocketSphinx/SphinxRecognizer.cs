using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// English by PocketSphinx (BSD), inside this process, with a language model of the museum's own words. One pass beside the live
/// utterance:
/// <code>
/// 1 a decoder for this utterance
/// 2 per piece of what came in: take the room's noise out, search it on an engine's thread, tell the words so far
/// 3 the end: words, times and posteriors from the lattice
/// 4 a confidence; below the threshold the utterance is doubtful
/// 5 of a doubtful one, and in noise of one that is less than sure, a second look, its noise taken out otherwise: the more credible words count
/// 6 still doubtful, it is marked, and the guide asks again; first a second hearing with English at large: the more credible words are told, marked all the same
/// </code>
/// </summary>
internal sealed class SphinxRecognizer(ResourcePool<SphinxEar> ears, SphinxDecoders decoders, SphinxTurns turns, SphinxSecondLook look, SphinxSecondThought thought, TimeProvider time, IOptionsMonitor<SttOptions> options) : ISpeechRecognizer
{
    public const string ProviderName = "pocketsphinx";

    private const string Learning = "PocketSphinx is still learning the museum's words";

    // Words that were learned before a restart are there within a second; the first time it takes as long as TextService and the building do.
    private static readonly TimeSpan FirstWords = TimeSpan.FromSeconds(5);

    private static readonly Lazy<string> Engine = new(() => EngineVersion.Of("libpocketsphinx.so.3"));

    private static readonly WrittenForms English = new(new Dictionary<string, string> { ["i"] = "I", ["i'm"] = "I'm", ["i'll"] = "I'll", ["i've"] = "I've", ["i'd"] = "I'd" });

    private string? missing = "";

    public string Name => ProviderName;

    public bool Hears(string language) => language == "en";

    public async Task LoadAsync(CancellationToken ct)
    {
        if (Missing() is { } reason)
        {
            throw Unavailable(reason);
        }

        try
        {
            await decoders.Loaded.WaitAsync(FirstWords, ct);
        }
        catch (TimeoutException)
        {
            throw Unavailable(Learning);
        }
    }

    public ValueTask<string?> ProbeAsync(CancellationToken ct)
    {
        // Once found, a library stays loaded.
        missing = missing is null ? null : Missing();
        return ValueTask.FromResult(missing ?? (decoders.Model is null ? Learning : null));
    }

    public string? Hearing(string language) =>
        decoders.Model is { } model ? string.Create(CultureInfo.InvariantCulture, $"{Engine.Value} {model.Acoustic} {model} {options.CurrentValue.PocketSphinx.LowConfidence} {options.CurrentValue.PocketSphinx.NoiseSuppression} {options.CurrentValue.PocketSphinx.SecondLook} {options.CurrentValue.PocketSphinx.SecondThought}") : null;

    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var lease = await ears.RentAsync(ct);
        await using var backlog = new SphinxBacklog(audio, time, ct);
        var (written, spent) = (lease.Value.Written, TimeSpan.Zero);
        var suppressor = options.CurrentValue.PocketSphinx.NoiseSuppression ? new NoiseSuppressor() : null;
        // For hearing it again, as it came and as it was cleaned; the longest utterance is 60 s, 2 MB each.
        var (said, utterance) = (new List<short>(), new List<short>());
        var (told, begun, result) = ("", false, (SphinxResult?)null);
        while (result is null)
        {
            await backlog.WaitAsync(ct);
            (var heard, result) = await RunAsync(HearNext);
            if (result is null && heard.Length > 0 && heard != told)
            {
                told = heard;
                yield return new Transcript(string.Join(' ', written.Of([.. heard.Split(' ').Select(SphinxDecoder.Plain)])), IsFinal: false) { Language = request.Language };
            }
        }

        RecognitionTelemetry.Inferred(spent, TimeSpan.FromSeconds((double)utterance.Count / Transcript.SampleRate), Name);
        var final = Final(result, written, request);
        var doubtedAt = time.GetTimestamp();
        if (suppressor is not null && result.Words.Count > 0 && (final.LowConfidence || SphinxSecondLook.IsUnsure(final, CollectionsMarshal.AsSpan(said))))
        {
            final = Final(await LookAsync(), written, request);
        }

        if (final.LowConfidence && result.Words.Count > 0)
        {
            await lease.DisposeAsync();
            final = await SecondAsync(final, result.Score, [.. utterance], request with { Patience = request.Patience - time.GetElapsedTime(doubtedAt) }, ct);
        }

        yield return final;

        (string Heard, SphinxResult? Result) HearNext(SphinxDecoder decoder)
        {
            if (!begun)
            {
                begun = true;
                decoder.Start(early: request.EarlyPartials, patient: !request.Partials);
            }

            var piece = backlog.Take();
            said.AddRange(suppressor is null ? [] : piece);
            Hear(decoder, suppressor is null ? piece : suppressor.Push(piece));
            if (!backlog.IsOver)
            {
                return (request.Partials ? decoder.Hypothesis() : "", null);
            }

            Hear(decoder, suppressor?.Finish());
            return ("", decoder.Finish(request.Alternatives));
        }

        void Hear(SphinxDecoder decoder, ReadOnlySpan<short> cleaned)
        {
            utterance.AddRange(cleaned);
            decoder.Hear(cleaned);
        }

        async Task<SphinxResult> LookAsync()
        {
            try
            {
                return await look.HearAsync(lease.Value, said.ToArray(), result, request, ct);
            }
            catch
            {
                lease.Discard();
                throw;
            }
        }

        async Task<T> RunAsync<T>(Func<SphinxDecoder, T> work)
        {
            using var core = await turns.EnterAsync(backlog, ct);
            try
            {
                // Once begun it is waited for, cancelled or not: the decoder must not be given on while it searches.
                var (value, taken) = await lease.Value.Thread.RunAsync(decoder => Timed(work, decoder));
                spent += taken;
                return value;
            }
            catch
            {
                lease.Discard();
                throw;
            }
        }
    }

    private async Task<Transcript> SecondAsync(Transcript first, int score, short[] utterance, RecognitionRequest request, CancellationToken ct)
    {
        if (await thought.HearAsync(utterance, request, ct) is not { } open || !SphinxSecondThought.IsBetter(open.Score, score, utterance.Length))
        {
            return first;
        }

        return Final(open, English, request) with
        {
            Confidence = first.Confidence,
            // That it has no words of the museum is a reason to ask again, however well it was heard.
            LowConfidence = true,
            Alternatives = [.. new[] { new OtherReading(first.Text, first.Confidence / 2) }.Take(request.Alternatives), .. first.Alternatives.Take(request.Alternatives - 1)],
        };
    }

    private Transcript Final(SphinxResult result, WrittenForms forms, RecognitionRequest request)
    {
        var written = forms.Of([.. result.Words.Select(w => w.Text)]);
        var confidence = SphinxConfidence.Of(result.Words);
        return new Transcript(string.Join(' ', written), IsFinal: true)
        {
            Language = request.Language,
            Confidence = confidence,
            LowConfidence = confidence < options.CurrentValue.PocketSphinx.LowConfidence,
            Words = [.. result.Words.Select((w, i) => new HeardWord(written[i], w.StartSample, w.EndSample, w.Posterior))],
            // Less likely than the best, and each less than the one before it: the lattice does not say more.
            Alternatives = [.. result.Readings.Select((text, i) => new OtherReading(
                string.Join(' ', forms.Of([.. text.Split(' ').Select(SphinxDecoder.Plain)])), confidence / (i + 2)))],
        };
    }

    private static (T Value, TimeSpan Time) Timed<T>(Func<SphinxDecoder, T> work, SphinxDecoder decoder)
    {
        var started = Stopwatch.GetTimestamp();
        return (work(decoder), Stopwatch.GetElapsedTime(started));
    }

    private static DependencyException Unavailable(string reason) => new("recognizer_unavailable", reason);

    private string? Missing()
    {
        var package = SphinxLibrary.Missing() is { } library ? library : Directory.Exists(options.CurrentValue.PocketSphinx.Model) ? null : options.CurrentValue.PocketSphinx.Model;
        if (package is not null)
        {
            return $"PocketSphinx's {package} is missing: install the Debian packages {SphinxLibrary.Packages}";
        }

        SphinxLibrary.Quieten();
        return null;
    }
}

using System.Runtime.InteropServices;

namespace Museum.AudioService.PocketSphinx;

/// <summary>The part of PocketSphinx 0.8+5prealpha's C interface in use (<c>pocketsphinx.h</c>, <c>ps_search.h</c>, sphinxbase's <c>cmd_ln.h</c>, <c>fe.h</c>, <c>feat.h</c>, <c>cmn.h</c>).</summary>
internal static unsafe partial class SphinxLibrary
{
    public const string Packages = "libpocketsphinx3, libsphinxbase3 and pocketsphinx-en-us";

    private const string Sphinx = "libpocketsphinx.so.3";
    private const string Base = "libsphinxbase.so.3";

    /// <summary>Null, or which library does not load.</summary>
    public static string? Missing() =>
        new[] { Base, Sphinx }.FirstOrDefault(library => !NativeLibrary.TryLoad(library, typeof(SphinxLibrary).Assembly, null, out _));

    /// <summary>Hundreds of lines on stderr for every decoder otherwise. For the whole process.</summary>
    public static void Quieten() => SetLogFile(0);

    /// <summary>A configuration from <c>-name value</c> pairs; 0 when one of them is unknown.</summary>
    public static nint Configure(params IReadOnlyList<string> arguments)
    {
        // The first is the program's name, which nobody reads.
        var pointers = stackalloc nint[arguments.Count + 1];
        for (var i = 0; i <= arguments.Count; i++)
        {
            pointers[i] = Marshal.StringToCoTaskMemUTF8(i == 0 ? "museum" : arguments[i - 1]);
        }

        try
        {
            return ParseArguments(0, Arguments(), arguments.Count + 1, (byte**)pointers, 1);
        }
        finally
        {
            for (var i = 0; i <= arguments.Count; i++)
            {
                Marshal.FreeCoTaskMem(pointers[i]);
            }
        }
    }

    /// <summary>The spectrum's shape of a stretch of sound, a row per frame, without a search. Between utterances only.</summary>
    /// <param name="decoder">Whose analysis it is.</param>
    /// <param name="samples">At 16 kHz.</param>
    /// <param name="length">Samples.</param>
    /// <param name="cepstra">Room for <paramref name="rows"/> of <paramref name="columns"/>.</param>
    /// <param name="rows">At most.</param>
    /// <param name="columns">As the model has them.</param>
    /// <returns>Rows written, or below 0.</returns>
    public static int Cepstra(nint decoder, short* samples, int length, float* cepstra, int rows, int columns)
    {
        var pointers = stackalloc float*[rows];
        for (var i = 0; i < rows; i++)
        {
            pointers[i] = cepstra + (i * columns);
        }

        var (analysis, left, padded) = (Analysis(decoder), (nuint)length, 0);
        _ = StartAnalysisStream(analysis);
        _ = StartAnalysis(analysis);
        var result = Analyse(analysis, &samples, &left, pointers, &rows, null);
        var last = stackalloc float[columns];
        _ = EndAnalysis(analysis, last, &padded);
        return result < 0 ? result : rows;
    }

    [LibraryImport(Base, EntryPoint = "cmd_ln_free_r")]
    public static partial int FreeConfiguration(nint configuration);

    /// <summary>0 when a model cannot be read. Takes a reference of its own to the configuration.</summary>
    [LibraryImport(Sphinx, EntryPoint = "ps_init")]
    public static partial nint NewDecoder(nint configuration);

    [LibraryImport(Sphinx, EntryPoint = "ps_free")]
    public static partial int FreeDecoder(nint decoder);

    /// <summary>Forgets what it knows of the last speaker's noise.</summary>
    [LibraryImport(Sphinx, EntryPoint = "ps_start_stream")]
    public static partial int StartStream(nint decoder);

    [LibraryImport(Sphinx, EntryPoint = "ps_start_utt")]
    public static partial int StartUtterance(nint decoder);

    /// <returns>Frames searched, or below 0.</returns>
    [LibraryImport(Sphinx, EntryPoint = "ps_process_raw")]
    public static partial int Process(nint decoder, short* samples, nuint count, int noSearch, int wholeUtterance);

    [LibraryImport(Sphinx, EntryPoint = "ps_end_utt")]
    public static partial int EndUtterance(nint decoder);

    public static string? Hypothesis(nint decoder, out int score) => Marshal.PtrToStringUTF8(HypothesisOf(decoder, out score));

    [LibraryImport(Sphinx, EntryPoint = "ps_get_logmath")]
    public static partial nint LogMath(nint decoder);

    [LibraryImport(Base, EntryPoint = "logmath_exp")]
    public static partial double Exp(nint logMath, int log);

    /// <summary>0 when nothing was heard; else it is freed by reading it to its end.</summary>
    [LibraryImport(Sphinx, EntryPoint = "ps_seg_iter")]
    public static partial nint Segments(nint decoder);

    [LibraryImport(Sphinx, EntryPoint = "ps_seg_next")]
    public static partial nint NextSegment(nint segment);

    public static string SegmentWord(nint segment) => Marshal.PtrToStringUTF8(SegmentWordOf(segment)) ?? "";

    /// <param name="segment">From <see cref="Segments"/>.</param>
    /// <param name="first">Its first frame, of 10 ms.</param>
    /// <param name="last">Its last, which belongs to it.</param>
    [LibraryImport(Sphinx, EntryPoint = "ps_seg_frames")]
    public static partial void SegmentFrames(nint segment, out int first, out int last);

    /// <returns>Log of the segment's posterior probability in the lattice.</returns>
    [LibraryImport(Sphinx, EntryPoint = "ps_seg_prob")]
    public static partial int SegmentProbability(nint segment, out int acoustic, out int language, out int backOff);

    [LibraryImport(Sphinx, EntryPoint = "ps_nbest")]
    public static partial nint Readings(nint decoder);

    /// <summary>0 at the end, freed by itself then.</summary>
    [LibraryImport(Sphinx, EntryPoint = "ps_nbest_next")]
    public static partial nint NextReading(nint reading);

    [LibraryImport(Sphinx, EntryPoint = "ps_nbest_free")]
    public static partial void FreeReadings(nint reading);

    public static string? Reading(nint reading, out int score) => Marshal.PtrToStringUTF8(ReadingOf(reading, out score));

    [LibraryImport(Sphinx, EntryPoint = "ps_get_feat")]
    public static partial nint Features(nint decoder);

    [LibraryImport(Base, EntryPoint = "cmn_live_get")]
    public static partial void GetMeans(nint cepstralMeans, float* means);

    [LibraryImport(Base, EntryPoint = "cmn_live_set")]
    public static partial void SetMeans(nint cepstralMeans, float* means);

    [LibraryImport(Sphinx, EntryPoint = "ps_get_fe")]
    private static partial nint Analysis(nint decoder);

    [LibraryImport(Base, EntryPoint = "fe_start_stream")]
    private static partial int StartAnalysisStream(nint analysis);

    [LibraryImport(Base, EntryPoint = "fe_start_utt")]
    private static partial int StartAnalysis(nint analysis);

    [LibraryImport(Base, EntryPoint = "fe_process_frames")]
    private static partial int Analyse(nint analysis, short** samples, nuint* left, float** cepstra, int* rows, int* index);

    [LibraryImport(Base, EntryPoint = "fe_end_utt")]
    private static partial int EndAnalysis(nint analysis, float* cepstrum, int* rows);

    [LibraryImport(Base, EntryPoint = "err_set_logfp")]
    private static partial void SetLogFile(nint file);

    [LibraryImport(Sphinx, EntryPoint = "ps_args")]
    private static partial nint Arguments();

    [LibraryImport(Base, EntryPoint = "cmd_ln_parse_r")]
    private static partial nint ParseArguments(nint into, nint definitions, int count, byte** arguments, int strict);

    [LibraryImport(Sphinx, EntryPoint = "ps_get_hyp")]
    private static partial nint HypothesisOf(nint decoder, out int score);

    [LibraryImport(Sphinx, EntryPoint = "ps_seg_word")]
    private static partial nint SegmentWordOf(nint segment);

    [LibraryImport(Sphinx, EntryPoint = "ps_nbest_hyp")]
    private static partial nint ReadingOf(nint reading, out int score);
}

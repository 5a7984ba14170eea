using System.Globalization;

namespace Museum.AudioService.PocketSphinx;

/// <summary>
/// What a decoder is made from: the package's acoustic model, and a language model and dictionary. Settings measured over 60 questions
/// of two voices (benchmarks/Speech): the second pass costs 60 ms after the end of speech and wins nothing here.
/// </summary>
/// <param name="Acoustic">Folder of the package's model.</param>
/// <param name="Folder">Folder of the language model and dictionary.</param>
internal sealed record SphinxModel(string Acoustic, string Folder)
{
    public const string LanguageFile = "museum.lm.bin";
    public const string DictionaryFile = "museum.dic";
    public const string WrittenFile = "written.tsv";

    public string Language { get; init; } = Path.Combine(Folder, LanguageFile);

    public string Dictionary { get; init; } = Path.Combine(Folder, DictionaryFile);

    /// <summary>That a frame may be in.</summary>
    public int MostStates { get; init; } = 1_500;

    public IReadOnlyList<string> Arguments =>
    [
        "-hmm", Path.Combine(Acoustic, "en-us"),
        "-lm", Language,
        "-dict", Dictionary,
        "-samprate", "16000",
        "-fwdflat", "no",
        "-bestpath", "yes",
        // Looks 50 ms ahead before it begins a phone: a fifth less work, the same words.
        "-pl_window", "5",
        // At most so many states a frame, of 30,000: noise makes all of them likely, and the right one is among the best 1,500 as often.
        "-maxhmmpf", MostStates.ToString(CultureInfo.InvariantCulture),
        // Voice activity is the caller's; frames that are dropped here would be missing from the words' times.
        "-remove_silence", "no",
        // Its own begins anew with every utterance, from one frame, and needs seconds to know the room: 52 % word errors at 15 dB where the
        // sound that NoiseSuppressor cleaned has 20 %. Both together are no better.
        "-remove_noise", "no",
    ];

    public bool IsComplete => File.Exists(Language) && File.Exists(Dictionary);

    /// <summary>The package's own model of English at large: 135,000 words, 100 MB, and ten times the work of a museum's.</summary>
    public static SphinxModel General(string package) =>
        new(package, package) { MostStates = 30_000, Language = Path.Combine(package, "en-us.lm.bin"), Dictionary = Path.Combine(package, "cmudict-en-us.dict") };

    public override string ToString() => Path.GetFileName(Folder);
}

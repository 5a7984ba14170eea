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

    public IReadOnlyList<string> Arguments { get; } =
    [
        "-hmm", Path.Combine(Acoustic, "en-us"),
        "-lm", Path.Combine(Folder, LanguageFile),
        "-dict", Path.Combine(Folder, DictionaryFile),
        "-samprate", "16000",
        "-fwdflat", "no",
        "-bestpath", "yes",
        // Voice activity is the caller's; frames that are dropped here would be missing from the words' times.
        "-remove_silence", "no",
    ];

    public bool IsComplete => File.Exists(Path.Combine(Folder, LanguageFile)) && File.Exists(Path.Combine(Folder, DictionaryFile));

    public override string ToString() => Path.GetFileName(Folder);
}

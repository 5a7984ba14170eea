using System.Runtime.InteropServices;

namespace Museum.AudioService.Vocabulary;

/// <summary>
/// How flite would say a word: its lexicon, and for names that no lexicon has its letter-to-sound rules (<c>libflite_cmulex</c>), in the
/// 39 phones that PocketSphinx's English model knows: flite's, without stress and with its schwa <c>ax</c> as <c>AH</c>.
/// </summary>
internal static partial class CmuLexicon
{
    private const string Core = "libflite.so.1";

    // flite's lexicon is one static structure; making it twice at the same time is not safe.
    private static readonly Lock Gate = new();
    private static nint lexicon;

    /// <summary>Null where flite is not installed.</summary>
    public static string[]? Pronounce(string word)
    {
        lock (Gate)
        {
            if (lexicon == 0)
            {
                if (Flite.FliteLibrary.Missing() is not null)
                {
                    return null;
                }

                lexicon = Init();
            }

            var list = LookUp(lexicon, word, 0, 0);
            var phones = new List<string>();
            for (var at = list; at != 0; at = Rest(at))
            {
                phones.Add(Sphinx(Marshal.PtrToStringUTF8(Text(First(at)))!));
            }

            DeleteList(list);
            return [.. phones];
        }
    }

    private static string Sphinx(string phone) => phone.TrimEnd('0', '1', '2') switch { "ax" => "AH", var other => other.ToUpperInvariant() };

    [LibraryImport("libflite_cmulex.so.1", EntryPoint = "cmu_lex_init")]
    private static partial nint Init();

    [LibraryImport(Core, EntryPoint = "lex_lookup", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookUp(nint lexicon, string word, nint partOfSpeech, nint features);

    [LibraryImport(Core, EntryPoint = "val_car")]
    private static partial nint First(nint list);

    [LibraryImport(Core, EntryPoint = "val_cdr")]
    private static partial nint Rest(nint list);

    [LibraryImport(Core, EntryPoint = "val_string")]
    private static partial nint Text(nint value);

    [LibraryImport(Core, EntryPoint = "delete_val")]
    private static partial void DeleteList(nint list);
}

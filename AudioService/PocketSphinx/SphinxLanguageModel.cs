using System.Runtime.InteropServices;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.PocketSphinx;

/// <summary>Turns ARPA text into the binary that decoders load without parsing (sphinxbase's <c>ngram_model.h</c>).</summary>
internal static partial class SphinxLanguageModel
{
    private const string Base = "libsphinxbase.so.3";
    private const int Arpa = 1;
    private const int Binary = 2;

    // What decoders count in.
    private const double LogBase = 1.0001;

    public static void Compile(string arpa, string binary)
    {
        var log = NewLogMath(LogBase, 0, 1);
        var model = Read(0, arpa, Arpa, log);
        try
        {
            if (model == 0 || Write(model, binary, Binary) < 0)
            {
                throw new DependencyException("language_model_broken", $"PocketSphinx cannot read the language model in {Path.GetDirectoryName(arpa)}.");
            }
        }
        finally
        {
            if (model != 0)
            {
                _ = FreeModel(model);
            }

            _ = FreeLogMath(log);
        }
    }

    [LibraryImport(Base, EntryPoint = "logmath_init")]
    private static partial nint NewLogMath(double logBase, int shift, int useTable);

    [LibraryImport(Base, EntryPoint = "logmath_free")]
    private static partial int FreeLogMath(nint logMath);

    [LibraryImport(Base, EntryPoint = "ngram_model_read", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Read(nint configuration, string file, int type, nint logMath);

    [LibraryImport(Base, EntryPoint = "ngram_model_write", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Write(nint model, string file, int type);

    [LibraryImport(Base, EntryPoint = "ngram_model_free")]
    private static partial int FreeModel(nint model);
}

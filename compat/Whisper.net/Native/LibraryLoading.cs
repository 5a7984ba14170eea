using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Whisper.net.LibraryLoader;

namespace Whisper.net.Native;

/// <summary>Finds libwhisper.so, and takes it only when it is the version that the declarations are of.</summary>
internal static unsafe class LibraryLoading
{
    // The parameters' layout is that of this version; another would be called with garbage.
    private const string Version = "1.9.";

    private static readonly Lock Loading = new();
    private static nint handle;

    /// <summary>Once; after a failure again.</summary>
    /// <exception cref="DllNotFoundException">It is not there, or not for this machine.</exception>
    public static void Load()
    {
        lock (Loading)
        {
            if (handle != 0)
            {
                return;
            }

            if (RuntimeInformation.ProcessArchitecture == Architecture.X64 && !Avx2.IsSupported)
            {
                throw new DllNotFoundException("This processor has no AVX2, for which whisper.cpp was built.");
            }

            var path = RuntimeOptions.LibraryPath ?? WhisperLibrary.Name;
            handle = Path.IsPathRooted(path) && !File.Exists(path)
                ? throw new DllNotFoundException($"There is no {path}.")
                : NativeLibrary.Load(path, typeof(WhisperLibrary).Assembly, null);
            NativeLibrary.SetDllImportResolver(typeof(WhisperLibrary).Assembly, (name, _, _) => name == WhisperLibrary.Name ? handle : 0);
            var version = WhisperLibrary.Text(WhisperLibrary.VersionOf());
            if (!version.StartsWith(Version, StringComparison.Ordinal))
            {
                throw new DllNotFoundException($"{path} is whisper.cpp {version}; {Version}x is wanted.");
            }

            WhisperLibrary.SetLog(&Ignore, 0);
        }
    }

    // A page for every model otherwise, on stderr.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(int level, byte* text, nint data)
    {
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Flite;

/// <summary>The part of flite 2.2's C interface in use (<c>flite.h</c>, <c>cst_item.h</c>, <c>cst_audio.h</c>).</summary>
internal static unsafe partial class FliteLibrary
{
    public const string Package = "libflite1";

    public const int StreamContinue = 0;
    public const int StreamStop = -1;

    private const string Core = "libflite.so.1";

    /// <summary>Null, or which library does not load.</summary>
    public static string? Missing(params IEnumerable<string> voices) =>
        Libraries(voices).FirstOrDefault(library => !NativeLibrary.TryLoad(library, typeof(FliteLibrary).Assembly, null, out _));

    public static string[] Libraries(IEnumerable<string> voices) => [Core, "libflite_usenglish.so.1", "libflite_cmulex.so.1", .. voices.Select(VoiceLibrary)];

    /// <summary>The voice's data, static in its library: it lives as long as the process.</summary>
    public static nint Register(string voice)
    {
        var library = NativeLibrary.Load(VoiceLibrary(voice), typeof(FliteLibrary).Assembly, null);
        var register = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(library, $"register_cmu_us_{voice}");
        return register(null);
    }

    [LibraryImport(Core, EntryPoint = "flite_init")]
    public static partial int Init();

    [LibraryImport(Core, EntryPoint = "new_utterance")]
    public static partial FliteUtterance* NewUtterance();

    [LibraryImport(Core, EntryPoint = "delete_utterance")]
    public static partial void DeleteUtterance(FliteUtterance* utterance);

    [LibraryImport(Core, EntryPoint = "utt_set_input_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetInputText(FliteUtterance* utterance, string text);

    [LibraryImport(Core, EntryPoint = "utt_init")]
    public static partial FliteUtterance* InitUtterance(FliteUtterance* utterance, nint voice);

    [LibraryImport(Core, EntryPoint = "utt_synth")]
    public static partial FliteUtterance* Synthesize(FliteUtterance* utterance);

    /// <param name="name">Kept by flite as a pointer: a literal's bytes, which stay where they are.</param>
    [LibraryImport(Core, EntryPoint = "flite_feat_set_float")]
    public static partial void SetFloat(nint features, byte* name, float value);

    /// <inheritdoc cref="SetFloat"/>
    [LibraryImport(Core, EntryPoint = "flite_feat_set")]
    public static partial void Set(nint features, byte* name, nint value);

    public static byte* Literal(ReadOnlySpan<byte> utf8) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(utf8));

    [LibraryImport(Core, EntryPoint = "new_audio_streaming_info")]
    public static partial FliteStream* NewStream();

    [LibraryImport(Core, EntryPoint = "audio_streaming_info_val")]
    public static partial nint StreamValue(FliteStream* stream);

    [LibraryImport(Core, EntryPoint = "utt_relation", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Relation(FliteUtterance* utterance, string name);

    [LibraryImport(Core, EntryPoint = "relation_head")]
    public static partial nint Head(nint relation);

    [LibraryImport(Core, EntryPoint = "item_next")]
    public static partial nint Next(nint item);

    [LibraryImport(Core, EntryPoint = "item_daughter")]
    public static partial nint Daughter(nint item);

    [LibraryImport(Core, EntryPoint = "flite_ffeature_float", StringMarshalling = StringMarshalling.Utf8)]
    public static partial float Float(nint item, string path);

    public static string Name(nint item) => Marshal.PtrToStringUTF8(StringOf(item, "name")) ?? "";

    [LibraryImport(Core, EntryPoint = "item_feat_string", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint StringOf(nint item, string name);

    private static string VoiceLibrary(string voice) => $"libflite_cmu_us_{voice}.so.1";
}

/// <summary><c>cst_utterance</c>: its own features come before the voice's, so a setting here touches this utterance alone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FliteUtterance
{
    public nint Features;
}

/// <summary><c>cst_wave</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FliteWave
{
    public nint Type;
    public int SampleRate;
    public int SampleCount;
    public int ChannelCount;
    public short* Samples;
}

/// <summary><c>cst_audio_streaming_info</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FliteStream
{
    public int MinimumSamples;
    public delegate* unmanaged<FliteWave*, int, int, int, FliteStream*, int> OnSound;
    public FliteUtterance* Utterance;
    public nint Item;
    public nint UserData;
}

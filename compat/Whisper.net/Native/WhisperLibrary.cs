using System.Runtime.InteropServices;

namespace Whisper.net.Native;

/// <summary>The part of whisper.cpp 1.9's C interface in use (<c>whisper.h</c>).</summary>
internal static unsafe partial class WhisperLibrary
{
    public const string Name = "libwhisper.so";

    public static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    [LibraryImport(Name, EntryPoint = "whisper_print_system_info")]
    public static partial nint SystemInfo();

    [LibraryImport(Name, EntryPoint = "whisper_context_default_params")]
    public static partial ContextParameters DefaultContextParameters();

    /// <summary>0 when it is no model.</summary>
    [LibraryImport(Name, EntryPoint = "whisper_init_from_file_with_params_no_state", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewContext(string path, ContextParameters parameters);

    [LibraryImport(Name, EntryPoint = "whisper_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "whisper_init_state")]
    public static partial nint NewState(nint context);

    [LibraryImport(Name, EntryPoint = "whisper_free_state")]
    public static partial void FreeState(nint state);

    [LibraryImport(Name, EntryPoint = "whisper_full_default_params")]
    public static partial FullParameters DefaultParameters(int strategy);

    /// <returns>0, or why it failed or was aborted.</returns>
    [LibraryImport(Name, EntryPoint = "whisper_full_with_state")]
    public static partial int Process(nint context, nint state, FullParameters parameters, float* samples, int count);

    [LibraryImport(Name, EntryPoint = "whisper_full_n_segments_from_state")]
    public static partial int Segments(nint state);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_segment_t0_from_state")]
    public static partial long SegmentStart(nint state, int segment);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_segment_t1_from_state")]
    public static partial long SegmentEnd(nint state, int segment);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_segment_text_from_state")]
    public static partial nint SegmentText(nint state, int segment);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_segment_no_speech_prob_from_state")]
    public static partial float SegmentNoSpeech(nint state, int segment);

    [LibraryImport(Name, EntryPoint = "whisper_full_n_tokens_from_state")]
    public static partial int Tokens(nint state, int segment);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_token_text_from_state")]
    public static partial nint TokenText(nint context, nint state, int segment, int token);

    [LibraryImport(Name, EntryPoint = "whisper_full_get_token_data_from_state")]
    public static partial TokenData Token(nint state, int segment, int token);

    [LibraryImport(Name, EntryPoint = "whisper_full_lang_id_from_state")]
    public static partial int Language(nint state);

    [LibraryImport(Name, EntryPoint = "whisper_lang_str")]
    public static partial nint LanguageCode(int language);

    [LibraryImport(Name, EntryPoint = "whisper_version")]
    public static partial nint VersionOf();

    [LibraryImport(Name, EntryPoint = "whisper_log_set")]
    public static partial void SetLog(delegate* unmanaged[Cdecl]<int, byte*, nint, void> log, nint data);
}

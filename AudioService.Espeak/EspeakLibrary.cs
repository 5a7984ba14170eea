using System.Runtime.InteropServices;

namespace Museum.AudioService.Espeak;

/// <summary>The part of espeak-ng's <c>speak_lib.h</c> (1.51) in use. The library is GPL-3, which is why it lives in a process of its own.</summary>
internal static partial class EspeakLibrary
{
    private const string Library = "libespeak-ng.so.1";

    public const int Synchronous = 2;
    public const int PhonemeEvents = 1;
    public const int DontExit = 0x8000;
    public const int ByCharacter = 1;
    public const uint Utf8 = 1;
    public const uint EndPause = 0x1000;
    public const int Rate = 1;
    public const int Volume = 2;
    public const int Pitch = 3;

    [LibraryImport(Library, EntryPoint = "espeak_Initialize", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Initialize(int output, int bufferMilliseconds, string? path, int options);

    [LibraryImport(Library, EntryPoint = "espeak_SetSynthCallback")]
    public static unsafe partial void SetSynthCallback(delegate* unmanaged<short*, int, EspeakEvent*, int> callback);

    [LibraryImport(Library, EntryPoint = "espeak_SetVoiceByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVoiceByName(string name);

    [LibraryImport(Library, EntryPoint = "espeak_SetParameter")]
    public static partial int SetParameter(int parameter, int value, int relative);

    [LibraryImport(Library, EntryPoint = "espeak_Synth")]
    public static unsafe partial int Synth(byte* text, nuint size, uint position, int positionType, uint endPosition, uint flags, uint* identifier, void* userData);
}

internal enum EspeakEventKind
{
    End = 0,
    Word = 1,
    Phoneme = 7,
}

/// <summary><c>espeak_EVENT</c>: 40 bytes; positions count characters from 1, and a phoneme's name lies in the last eight bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EspeakEvent
{
    public EspeakEventKind Kind;
    public uint Identifier;
    public int TextPosition;
    public int Length;
    public int AudioPosition;
    public int Sample;
    public void* UserData;
    public fixed byte Name[8];
}

using System.Threading.Channels;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Flite;

/// <summary>flite on the thread of a pool: its voices are loaded when it is made, or <c>flite_missing</c> is thrown.</summary>
internal sealed class FliteEngine
{
    // Registration is per process and not thread-safe in flite.
    private static readonly Lock Registration = new();
    private static Dictionary<string, nint>? registered;

    private readonly Dictionary<string, nint> voices = Load();

    /// <summary>Holds its thread until the sentence is made or cancelled; what goes wrong ends the pieces.</summary>
    public bool Speak(FliteSentence sentence, string voice, ChannelWriter<SpeechPiece> pieces)
    {
        try
        {
            sentence.Speak(voices[voice]);
            return pieces.TryComplete();
        }
        catch (Exception e)
        {
            return pieces.TryComplete(e);
        }
    }

    private static Dictionary<string, nint> Load()
    {
        lock (Registration)
        {
            if (registered is not null)
            {
                return registered;
            }

            if (FliteLibrary.Missing(FliteSynthesizer.VoiceNames) is { } library)
            {
                throw new DependencyException("flite_missing", $"flite's {library} is missing: install the Debian package {FliteLibrary.Package}");
            }

            _ = FliteLibrary.Init();
            return registered = FliteSynthesizer.VoiceNames.ToDictionary(name => name, FliteLibrary.Register);
        }
    }
}

using Museum.ServiceDefaults.Errors;
using Whisper.net;

namespace Museum.AudioService.Whisper;

/// <summary>A loaded model and how many still use it: it is freed when it is given up and the last recognition with it has ended.</summary>
internal sealed class WhisperModel(string path, WhisperFactory factory)
{
    private int users = 1;

    public string Path { get; } = path;

    /// <summary>Tells one file under this path from another.</summary>
    public string Stamp { get; } = $"{new FileInfo(path).Length} {new FileInfo(path).LastWriteTimeUtc.Ticks}";

    public WhisperFactory Factory { get; } = factory;

    /// <summary>Takes a second or more for a large model; on a thread of its own.</summary>
    /// <exception cref="DependencyException">It, or the library, cannot be loaded.</exception>
    public static async Task<WhisperModel> LoadAsync(string path, CancellationToken ct)
    {
        // Whether it is loaded is known at the end only: the original's FromPath does not say it.
        return await Task.Factory.StartNew(Load, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        WhisperModel Load()
        {
            if (WhisperModelFile.Fault(path) is { } fault)
            {
                throw Unavailable($"Whisper: {fault}.");
            }

            WhisperFactory? factory = null;
            try
            {
                factory = WhisperFactory.FromPath(path);
                factory.CreateBuilder();
                return new WhisperModel(path, factory);
            }
            catch (WhisperModelLoadException e)
            {
                factory?.Dispose();
                throw Unavailable($"Whisper: {path} is of a kind that this whisper.cpp cannot load.", e);
            }
            catch (Exception e) when (e is DllNotFoundException or FileNotFoundException or BadImageFormatException || e.GetType() == typeof(Exception))
            {
                throw Unavailable($"Whisper's library cannot be loaded ({e.Message}): ./museum run builds it when Stt:Providers names whisper; or set Stt:Whisper:Library.", e);
            }
        }
    }

    /// <returns>False: it has been freed.</returns>
    public bool TryUse()
    {
        for (var now = Volatile.Read(ref users); now > 0; now = Volatile.Read(ref users))
        {
            if (Interlocked.CompareExchange(ref users, now + 1, now) == now)
            {
                return true;
            }
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            Factory.Dispose();
        }
    }

    private static DependencyException Unavailable(string reason, Exception? cause = null) => new("recognizer_unavailable", reason, cause) { Refused = true };
}

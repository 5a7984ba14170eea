using Whisper.net.Native;

namespace Whisper.net;

/// <summary>A model in memory, shared by the processors that are made of it; it outlives them.</summary>
public sealed class WhisperFactory : IDisposable
{
    private nint context;
    private bool isDisposed;

    private WhisperFactory(nint context) => this.context = context;

    /// <summary>What the library makes use of: AVX2, FMA, …</summary>
    public static string? GetRuntimeInfo()
    {
        LibraryLoading.Load();
        return WhisperLibrary.Text(WhisperLibrary.SystemInfo());
    }

    public static WhisperFactory FromPath(string path) => FromPath(path, WhisperFactoryOptions.Default);

    /// <summary>As in the original, a file that is no model is told by <see cref="CreateBuilder"/>.</summary>
    public static WhisperFactory FromPath(string path, WhisperFactoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        LibraryLoading.Load();
        var parameters = WhisperLibrary.DefaultContextParameters();
        parameters.UseGpu = options.UseGpu ? (byte)1 : (byte)0;
        return new WhisperFactory(WhisperLibrary.NewContext(path, parameters));
    }

    /// <exception cref="WhisperModelLoadException">The file is no model that this version can read.</exception>
    public WhisperProcessorBuilder CreateBuilder()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return context == 0 ? throw new WhisperModelLoadException("Failed to load the whisper model.") : new WhisperProcessorBuilder(context);
    }

    public void Dispose()
    {
        if (!isDisposed && context != 0)
        {
            WhisperLibrary.FreeContext(context);
            context = 0;
        }

        isDisposed = true;
    }
}

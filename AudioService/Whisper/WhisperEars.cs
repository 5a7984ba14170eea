using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;
using Whisper.net.LibraryLoader;

namespace Museum.AudioService.Whisper;

/// <summary>The right to one recognition at a time with a model: what it computes in takes memory beside the model's own.</summary>
internal sealed record WhisperEar(WhisperModel Model);

/// <summary>
/// The model in use, and the pool's ears for it. When the settings name another model it is loaded beside the one in use, and then takes
/// its place; recognitions that have begun end with the old one. A model that cannot be loaded changes nothing.
/// </summary>
internal sealed partial class WhisperEars : IPooledResources<WhisperEar>, IDisposable
{
    public const string Pool = "whisper";

    // Where setup/whisper.sh puts it.
    private const string Built = ".museum/tools/whisper/libwhisper.so";

    private readonly IOptionsMonitor<WhisperOptions> options;
    private readonly MuseumPaths paths;
    private readonly ILogger<WhisperEars> logger;
    private readonly IDisposable? changes;
    private readonly SemaphoreSlim loading = new(1);
    private WhisperModel? model;

    public WhisperEars(IOptionsMonitor<WhisperOptions> options, MuseumPaths paths, ILogger<WhisperEars> logger)
    {
        (this.options, this.paths, this.logger) = (options, paths, logger);
        changes = options.OnChange(_ => Follow());
    }

    /// <summary>Null: none has been loaded yet.</summary>
    public WhisperModel? Model => Volatile.Read(ref model);

    private string Wanted => options.CurrentValue.Model is var name && name.Contains('/') ? Path.GetFullPath(name) : Path.Combine(paths.Data, "models", $"{name}.bin");

    /// <summary>Loads the model that the settings name, if it is not in use already.</summary>
    /// <exception cref="DependencyException">It cannot be loaded; the one before it stays in use.</exception>
    public async Task LoadAsync(CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            if (Model?.Path == Wanted)
            {
                return;
            }

            SetLibrary();
            var old = Interlocked.Exchange(ref model, await WhisperModel.LoadAsync(Wanted, ct));
            old?.Release();
        }
        finally
        {
            loading.Release();
        }
    }

    public async Task<WhisperEar> CreateAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Model is { } current && current.TryUse())
            {
                return new WhisperEar(current);
            }

            await LoadAsync(cancellationToken);
        }
    }

    public bool IsUsable(WhisperEar resource) => resource.Model == Model;

    public ValueTask DestroyAsync(WhisperEar resource)
    {
        resource.Model.Release();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        changes?.Dispose();
        Interlocked.Exchange(ref model, null)?.Release();
        loading.Dispose();
    }

    private void SetLibrary()
    {
        var built = Path.Combine(paths.Home, Built);
        var told = options.CurrentValue.Library is { Length: > 0 } setting ? Path.GetFullPath(setting) : null;
        if (told is not null && !File.Exists(told))
        {
            throw new DependencyException("recognizer_unavailable", $"Whisper's library is missing: there is no {told} (Stt:Whisper:Library). Left empty, it is the one that ./museum run builds.");
        }

        RuntimeOptions.LibraryPath = told ?? (File.Exists(built) ? built : RuntimeOptions.LibraryPath);
    }

    // What was never loaded is loaded when it is looked after next.
    private void Follow()
    {
        if (Model is { } current && current.Path != Wanted)
        {
            _ = ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync(CancellationToken.None);
            LogLoaded(logger, Wanted);
        }
        catch (Exception e)
        {
            LogKept(logger, e, Model?.Path);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Whisper hears with {Model} now")]
    private static partial void LogLoaded(ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whisper goes on with {Model}, for the other could not be loaded")]
    private static partial void LogKept(ILogger logger, Exception exception, string? model);
}

using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Encodings;

/// <summary>The right to run one ffmpeg.</summary>
internal sealed class FfmpegPlace;

/// <summary>
/// An ffmpeg ends with its stream and serves no second one, so what is pooled is how many run at once for requests from outside. The voices'
/// own decoders are not counted: a turn that was admitted waits for nobody, and the voices' pools bound them.
/// </summary>
internal sealed class FfmpegPlaces : IPooledResources<FfmpegPlace>
{
    public const string Pool = "ffmpeg";

    /// <summary>Each takes some 40 MB, and a core for as long as it has something to do.</summary>
    public static void SetPool(PoolOptions pool) => (pool.Min, pool.Max) = (0, 8);

    public Task<FfmpegPlace> CreateAsync(CancellationToken cancellationToken) => Task.FromResult(new FfmpegPlace());

    public ValueTask DestroyAsync(FfmpegPlace resource) => ValueTask.CompletedTask;
}

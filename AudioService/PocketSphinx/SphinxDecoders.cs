using Museum.AudioService.Vocabulary;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.PocketSphinx;

/// <summary>A decoder on its thread, for one utterance at a time.</summary>
internal sealed record SphinxEar(EngineThread<SphinxDecoder> Thread, SphinxModel Model, WrittenForms Written);

/// <summary>
/// How the pool's decoders are made: with the model of this moment. A new model is swapped in at once: utterances that have begun end
/// with the old one, and decoders of the old one are not given out again.
/// </summary>
internal sealed class SphinxDecoders : IPooledResources<SphinxEar>
{
    public const string Pool = "pocketsphinx";

    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SphinxModel? model;
    private SphinxEar? first;

    /// <summary>Null: none has been loaded yet.</summary>
    public SphinxModel? Model => Volatile.Read(ref model);

    /// <summary>Completes with the first model.</summary>
    public Task Loaded => loaded.Task;

    /// <summary>Loads one decoder, so that a broken model changes nothing and the next visitor does not wait, then swaps.</summary>
    /// <exception cref="DependencyException">The model cannot be read; the one before it stays in use.</exception>
    public async Task UseAsync(SphinxModel next, CancellationToken ct)
    {
        var ear = await LoadAsync(next, ct);
        var unused = Interlocked.Exchange(ref first, ear);
        Volatile.Write(ref model, next);
        loaded.TrySetResult();
        if (unused is not null)
        {
            await DestroyAsync(unused);
        }
    }

    public async Task<SphinxEar> CreateAsync(CancellationToken cancellationToken)
    {
        var current = Model ?? throw new DependencyException("recognizer_unavailable", "The recogniser is still learning the museum's words: please write.");
        var waiting = Interlocked.Exchange(ref first, null);
        if (waiting?.Model == current)
        {
            return waiting;
        }

        if (waiting is not null)
        {
            await DestroyAsync(waiting);
        }

        return await LoadAsync(current, cancellationToken);
    }

    public bool IsUsable(SphinxEar resource) => resource.Model == Model;

    public ValueTask DestroyAsync(SphinxEar resource) => resource.Thread.DisposeAsync();

    private static async Task<SphinxEar> LoadAsync(SphinxModel model, CancellationToken ct)
    {
        var thread = await new EngineThreads<SphinxDecoder>(Pool, () => new SphinxDecoder(model)).CreateAsync(ct);
        return new SphinxEar(thread, model, WrittenForms.Read(Path.Combine(model.Folder, SphinxModel.WrittenFile)));
    }
}

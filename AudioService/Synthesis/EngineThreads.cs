using System.Collections.Concurrent;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// A fixed number of threads for a native engine, which would otherwise hold threads of the pool for the length of a sentence.
/// </summary>
internal sealed class EngineThreads : IDisposable
{
    private readonly BlockingCollection<Action> work;
    private readonly Thread[] threads;

    public EngineThreads(string name, int count, int waiting)
    {
        work = new BlockingCollection<Action>(waiting);
        threads = [.. Enumerable.Range(0, count).Select(i => new Thread(Run) { IsBackground = true, Name = $"{name} {i}" })];
        Array.ForEach(threads, t => t.Start());
    }

    /// <summary>False when too much waits already.</summary>
    public bool TryRun(Action job) => work.TryAdd(job);

    public void Dispose()
    {
        work.CompleteAdding();
        Array.ForEach(threads, t => t.Join());
        work.Dispose();
    }

    private void Run()
    {
        foreach (var job in work.GetConsumingEnumerable())
        {
            job();
        }
    }
}

using System.Collections.Concurrent;

namespace Museum.ServiceDefaults.Pools;

/// <summary>
/// A native engine on a thread of its own: made, used and ended on it. A call into native code holds its thread for as long as it
/// lasts, which on the thread pool would be at the cost of everybody's requests. One job at a time; a pool sees to that.
/// </summary>
public sealed class EngineThread<TEngine> : IAsyncDisposable
    where TEngine : class
{
    // The one job that a renter may have.
    private readonly BlockingCollection<Action<TEngine>> jobs = new(1);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal EngineThread(string name, Func<TEngine> create) => new Thread(() => Run(create)) { IsBackground = true, Name = name }.Start();

    /// <summary>Completes when the engine is made, or fails as that failed.</summary>
    internal Task Started => started.Task;

    /// <summary>Completes when the job has ended; its exception is thrown here.</summary>
    /// <exception cref="InvalidOperationException">The job before has not ended.</exception>
    public Task<TResult> RunAsync<TResult>(Func<TEngine, TResult> job)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        return jobs.TryAdd(engine => Do(job, engine, done)) ? done.Task : throw new InvalidOperationException("An engine does one job at a time.");
    }

    /// <summary>Ends after the job it is at.</summary>
    public async ValueTask DisposeAsync()
    {
        jobs.CompleteAdding();
        await ended.Task;
        jobs.Dispose();
    }

    private static void Do<TResult>(Func<TEngine, TResult> job, TEngine engine, TaskCompletionSource<TResult> done)
    {
        try
        {
            done.SetResult(job(engine));
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void Run(Func<TEngine> create)
    {
        try
        {
            var engine = create();
            using var disposing = engine as IDisposable;
            started.SetResult();
            foreach (var job in jobs.GetConsumingEnumerable())
            {
                job(engine);
            }
        }
        catch (Exception e)
        {
            started.TrySetException(e);
        }

        ended.SetResult();
    }
}

/// <summary>The threads of one kind of engine, for a pool.</summary>
/// <param name="name">Of the threads.</param>
/// <param name="create">Loads the engine's model; runs on its thread.</param>
public sealed class EngineThreads<TEngine>(string name, Func<TEngine> create) : IPooledResources<EngineThread<TEngine>>
    where TEngine : class
{
    public async Task<EngineThread<TEngine>> CreateAsync(CancellationToken cancellationToken)
    {
        var thread = new EngineThread<TEngine>(name, create);
        await thread.Started;
        return thread;
    }

    public ValueTask DestroyAsync(EngineThread<TEngine> resource) => resource.DisposeAsync();
}

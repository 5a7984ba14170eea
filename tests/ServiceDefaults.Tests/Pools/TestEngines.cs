using System.Collections.Concurrent;
using Museum.ServiceDefaults.Pools;

namespace Museum.ServiceDefaults.Tests.Pools;

/// <summary>An engine that notices when it is used by two at once.</summary>
internal sealed class TestEngine(int number)
{
    private int users;

    public int Number => number;

    public bool Alive { get; set; } = true;

    public bool Ended { get; set; }

    public async Task UseAsync()
    {
        Assert.Equal(1, Interlocked.Increment(ref users));
        Assert.False(Ended);
        await Task.Yield();
        Interlocked.Decrement(ref users);
    }
}

/// <summary>Makes engines when the test lets it, or fails as the test says.</summary>
internal sealed class TestEngines : IPooledResources<TestEngine>
{
    private readonly ConcurrentQueue<TestEngine> made = new();
    private int attempts;

    public int Attempts => attempts;

    public IReadOnlyCollection<TestEngine> Made => made;

    public int Living => made.Count(e => !e.Ended);

    public Exception? Failure { get; set; }

    /// <summary>What making one waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<TestEngine> CreateAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref attempts);
        await Gate.WaitAsync(cancellationToken);
        if (Failure is not null)
        {
            throw Failure;
        }

        var engine = new TestEngine(number);
        made.Enqueue(engine);
        return engine;
    }

    public bool IsUsable(TestEngine resource) => resource.Alive;

    public ValueTask DestroyAsync(TestEngine resource)
    {
        resource.Ended = true;
        return ValueTask.CompletedTask;
    }
}

using Museum.ServiceDefaults.Pools;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Pools;

public sealed class EngineThreadTests
{
    [Fact]
    public async Task An_engine_is_made_used_and_ended_on_one_thread_that_is_not_of_the_pool()
    {
        var engines = new EngineThreads<Engine>("engine", () => new Engine());
        var thread = await engines.CreateAsync(default).SoonAsync();
        Assert.False(await thread.RunAsync(_ => Thread.CurrentThread.IsThreadPoolThread).SoonAsync());
        Engine engine = await thread.RunAsync(e => e).SoonAsync();
        var used = new[] { await thread.RunAsync(_ => Thread.CurrentThread).SoonAsync(), await thread.RunAsync(_ => Thread.CurrentThread).SoonAsync() };
        await engines.DestroyAsync(thread);

        Assert.All(used, t => Assert.Same(engine.MadeOn, t));
        Assert.Same(engine.MadeOn, engine.EndedOn);
        Assert.Equal("engine", engine.MadeOn.Name);
    }

    [Fact]
    public async Task What_a_job_throws_comes_back_to_who_gave_it_and_the_engine_lives_on()
    {
        await using var thread = await new EngineThreads<Engine>("engine", () => new Engine()).CreateAsync(default).SoonAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() => thread.RunAsync<int>(_ => throw new InvalidDataException()).SoonAsync());
        Assert.Equal(42, await thread.RunAsync(_ => 42).SoonAsync());
    }

    [Fact]
    public async Task An_engine_that_cannot_be_made_says_why() =>
        await Assert.ThrowsAsync<DllNotFoundException>(() => new EngineThreads<Engine>("engine", () => throw new DllNotFoundException()).CreateAsync(default).SoonAsync());

    [Fact]
    public async Task What_holds_its_thread_holds_nobody_elses()
    {
        await using var thread = await new EngineThreads<Engine>("engine", () => new Engine()).CreateAsync(default).SoonAsync();
        using var leave = new ManualResetEventSlim();
        var job = thread.RunAsync(_ => leave.Wait(Eventually.DefaultTimeout));

        Assert.False(job.IsCompleted);
        leave.Set();
        Assert.True(await job.SoonAsync());
    }

    private sealed class Engine : IDisposable
    {
        public Thread MadeOn { get; } = Thread.CurrentThread;

        public Thread? EndedOn { get; private set; }

        public void Dispose() => EndedOn = Thread.CurrentThread;
    }
}

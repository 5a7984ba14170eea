using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Redis;

public sealed class VersionedStateTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly CountedState state = new("settings");
    private readonly CountedState broken = new("broken") { Failure = new InvalidOperationException("unreadable") };
    private DefaultsHost host = null!;

    public async Task InitializeAsync()
    {
        await redis.StartAsync();
        host = await DefaultsHost.StartAsync(
            // The broken one is first in line.
            configure: b => b.Services.AddSingleton<IVersionedState>(broken).AddSingleton<IVersionedState>(state),
            // Else a busy machine is a store that went and came back, and everything is read again.
            settings: [("ConnectionStrings:redis", redis.ConnectionString), ("Resilience:redis:Timeout", "00:00:10")]);
        await Eventually.TrueAsync(() => state.Reads == 1);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task An_announced_change_is_read_and_what_is_not_announced_stays()
    {
        await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, "settings"));
        await Eventually.TrueAsync(() => state.Reads == 2);
        await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, "another"));
        await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, "settings"));
        await Eventually.TrueAsync(() => state.Reads == 3);
    }

    [Fact]
    public async Task The_watcher_listens_for_nudges() =>
        await Eventually.TrueAsync(async () => await redis.RunAsync(db => db.PublishAsync("museum:version", "")) == 1);

    [Fact]
    public async Task A_lost_nudge_is_found_by_the_poll()
    {
        await redis.RunAsync(db => db.StringIncrementAsync("museum:version:settings"));
        await Eventually.TrueAsync(() => state.Reads == 2);
    }

    [Fact]
    public async Task After_a_reconnection_everything_is_read_again_even_at_the_same_version()
    {
        redis.Stop();
        await redis.StartAsync();
        await Eventually.TrueAsync(() => state.Reads >= 2);
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_stops_neither_the_others_nor_the_service()
    {
        await Eventually.TrueAsync(() => broken.Reads >= 2);
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Contains(host.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains("broken", StringComparison.Ordinal));
        broken.Failure = null;
        await Eventually.TrueAsync(() => broken.WasRead);
    }

    [Fact]
    public async Task A_state_that_gives_up_by_itself_does_not_stop_the_service_either()
    {
        broken.Failure = new OperationCanceledException("its own deadline");
        var (reads, before) = (broken.Reads, state.Reads);
        await Eventually.TrueAsync(() => broken.Reads >= reads + 2);
        await redis.RunAsync(db => VersionedStateWatcher.AnnounceAsync(db, "settings"));
        await Eventually.TrueAsync(() => state.Reads == before + 1);
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    private sealed class CountedState(string name) : IVersionedState
    {
        private int reads;

        public string Name => name;

        public int Reads => Volatile.Read(ref reads);

        public Exception? Failure { get; set; }

        public bool WasRead { get; private set; }

        public Task ReloadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            if (Failure is { } failure)
            {
                throw failure;
            }

            WasRead = true;
            return Task.CompletedTask;
        }
    }
}

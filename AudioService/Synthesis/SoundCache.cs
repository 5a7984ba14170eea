using Museum.ServiceDefaults.Caching;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// Sounds that were made before, and those that are being made: who asks for one of these listens along from its first sample. Nobody
/// waits for the whole; it is kept when its maker has come to the end. A synthesis that failed, or that all its listeners left, is not kept.
/// </summary>
internal sealed class SoundCache(ICache<KeptSound> cache)
{
    private readonly Lock sync = new();

    // Bounded by what the engines take and let wait.
    private readonly Dictionary<CacheKey, Making> makings = [];

    /// <summary>Null: it was never made, or is forgotten.</summary>
    public async ValueTask<SentenceSound?> FindAsync(CacheKey key, CancellationToken ct) =>
        await cache.GetAsync(key, ct) is { Found: true } kept ? kept.Value.Again : null;

    /// <summary>Bytes where it is kept; null: it is not.</summary>
    public ValueTask<long?> WeighAsync(CacheKey key, CancellationToken ct) => cache.WeighAsync(key, ct);

    /// <param name="key">Of the sound.</param>
    /// <param name="make">Begins the synthesis; its token is cancelled when everybody has left.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="ct">This listener leaves, now or while the sound is being made.</param>
    public async Task<SentenceSound> GetOrMakeAsync(CacheKey key, Func<CancellationToken, Task<SentenceSound>> make, CacheEntryOptions? options, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is { } kept)
        {
            return kept;
        }

        ct.ThrowIfCancellationRequested();
        var seat = new Seat(this, key, Join(key, make, options));
        var leaving = ct.UnsafeRegister(s => ((Seat)s!).Leave(), seat);
        try
        {
            var sound = await seat.Making.First.Task.WaitAsync(ct);
            _ = sound.Ended.ContinueWith(_ => leaving.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return sound;
        }
        catch
        {
            seat.Leave();
            throw;
        }
    }

    private Making Join(CacheKey key, Func<CancellationToken, Task<SentenceSound>> make, CacheEntryOptions? options)
    {
        Making? making;
        lock (sync)
        {
            if (makings.TryGetValue(key, out making) && !making.HasFailed)
            {
                making.Listeners++;
                return making;
            }

            makings[key] = making = new Making { Listeners = 1 };
        }

        _ = MakeAsync(key, making, make, options);
        return making;
    }

    private async Task MakeAsync(CacheKey key, Making making, Func<CancellationToken, Task<SentenceSound>> make, CacheEntryOptions? options)
    {
        try
        {
            var sound = await make(making.Stop.Token);
            making.First.SetResult(sound);
            await sound.Ended;
            // Without phones no face would ever come with it: its times could not be made just then.
            if (sound.Whole is { Phones.Count: > 0 } whole)
            {
                cache.Set(key, whole, options);
            }
        }
        catch (Exception e)
        {
            making.First.TrySetException(e);
            // Perhaps nobody is left to look at it.
            _ = making.First.Task.Exception;
        }

        End(key, making);
    }

    private bool End(CacheKey key, Making making)
    {
        lock (sync)
        {
            return makings.TryGetValue(key, out var current) && current == making && makings.Remove(key);
        }
    }

    private void Leave(CacheKey key, Making making)
    {
        lock (sync)
        {
            if (--making.Listeners > 0 || !End(key, making))
            {
                return;
            }
        }

        _ = making.Stop.CancelAsync();
    }

    private sealed class Making
    {
        public TaskCompletionSource<SentenceSound> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CancellationTokenSource Stop { get; } = new();
        public int Listeners { get; set; }

        /// <summary>It broke off, and is about to be forgotten: who asks now is not to be told of what befell others.</summary>
        public bool HasFailed => First.Task is { IsFaulted: true } or { IsCompletedSuccessfully: true, Result: { Finished: true, Whole: null } };
    }

    private sealed class Seat(SoundCache sounds, CacheKey key, Making making)
    {
        private int left;

        public Making Making => making;

        /// <summary>Once, however often it is called.</summary>
        public void Leave()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                sounds.Leave(key, making);
            }
        }
    }
}

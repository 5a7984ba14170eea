namespace Museum.TextService.Index;

/// <summary>
/// Holds the index in use. A swap is one assignment: a request sees the old content or the new, never half of each. The old index is
/// closed when the last request that began with it is over.
/// </summary>
internal sealed class ContentHolder : IDisposable
{
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Shared current = new(ContentIndex.Empty);

    public bool IsLoaded => loaded.Task.IsCompleted;

    /// <summary>Done when there is a first content.</summary>
    public Task Loaded => loaded.Task;

    public string Version => Volatile.Read(ref current).Index.Version;

    public IReadOnlyList<Content.Exhibit> Exhibits => Volatile.Read(ref current).Index.Exhibits;

    /// <summary>An index that is nobody else's: it is closed with its last lease.</summary>
    public static Lease Alone(ContentIndex index) => new(new Shared(index));

    /// <summary>The index of this moment, kept open until the lease is disposed.</summary>
    public Lease Use()
    {
        while (true)
        {
            var shared = Volatile.Read(ref current);
            if (shared.TryHold())
            {
                return new Lease(shared);
            }
        }
    }

    /// <summary>Other content is in use. Who listens returns at once.</summary>
    public event Action? Swapped;

    public void Swap(ContentIndex next)
    {
        Interlocked.Exchange(ref current, new Shared(next)).Release();
        loaded.TrySetResult();
        Swapped?.Invoke();
    }

    public void Dispose() => Volatile.Read(ref current).Release();

    internal sealed class Lease(Shared shared) : IDisposable
    {
        private readonly Shared whole = shared;
        private Shared? held = shared;

        public ContentIndex Index { get; } = shared.Index;

        /// <summary>Another lease of the same index, for work that may outlive this one.</summary>
        /// <exception cref="ObjectDisposedException">The index is closed already.</exception>
        public Lease Again() => whole.TryHold() ? new Lease(whole) : throw new ObjectDisposedException(nameof(ContentIndex));

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }

    internal sealed class Shared(ContentIndex index)
    {
        // The holder itself is the first user.
        private int userCount = 1;

        public ContentIndex Index { get; } = index;

        public bool TryHold()
        {
            var users = Volatile.Read(ref userCount);
            while (users > 0)
            {
                var seen = Interlocked.CompareExchange(ref userCount, users + 1, users);
                if (seen == users)
                {
                    return true;
                }

                users = seen;
            }

            return false;
        }

        public void Release()
        {
            if (Interlocked.Decrement(ref userCount) == 0)
            {
                Index.Dispose();
            }
        }
    }
}

namespace Museum.ServiceDefaults.Pools;

/// <summary>The pauses between attempts to make a resource while every attempt fails. Guarded by the pool's lock.</summary>
internal sealed class PoolGrowth(TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.5, 1, 2, 4, 5 }.Select(TimeSpan.FromSeconds)];

    private int failures;
    private long failedAt;

    /// <summary>Why the last attempt failed; null: it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Until the next attempt; zero: now.</summary>
    public TimeSpan Pause
    {
        get
        {
            var left = Failure is null ? TimeSpan.Zero : Pauses[Math.Min(failures, Pauses.Length) - 1] - time.GetElapsedTime(failedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Succeeded() => (failures, Failure) = (0, null);

    public void Failed(Exception failure) => (failures, Failure, failedAt) = (failures + 1, failure, time.GetTimestamp());
}

using System.Diagnostics;
using System.Text.Json;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>A message of the server, and when it was there (stopwatch ticks).</summary>
internal sealed record Seen(long At, string Type, long TurnId, JsonElement Payload)
{
    public bool Is(string type, string flag) => Type == type && Payload.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True;

    public double? Number(string name) => Payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public string? Text(string name) => Payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The same on the wall's clock, as spans have it.</summary>
    public long UnixNs { get; } = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;

    public double MsSince(long earlier) => (At - earlier) * 1000d / Stopwatch.Frequency;
}

/// <summary>What a call has seen so far; those who ask for what is to come wait for it.</summary>
internal sealed class SeenLog
{
    private readonly Lock gate = new();
    private readonly List<Seen> all = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return all.Count;
            }
        }
    }

    public void Add(Seen seen)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            all.Add(seen);
            (waiting, more) = (more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.TrySetResult();
    }

    public IReadOnlyList<Seen> Since(int mark)
    {
        lock (gate)
        {
            return all[mark..];
        }
    }

    /// <summary>The first one from a mark on that is wanted; null: none came in time.</summary>
    public async Task<Seen?> FirstAsync(int mark, Func<Seen, bool> wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = Stopwatch.GetTimestamp() + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        for (var next = mark; ;)
        {
            Task waiting;
            lock (gate)
            {
                for (; next < all.Count; next++)
                {
                    if (wanted(all[next]))
                    {
                        return all[next];
                    }
                }

                waiting = more.Task;
            }

            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), until);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await waiting.WaitAsync(left, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}

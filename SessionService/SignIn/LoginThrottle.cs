using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;

namespace Museum.SessionService.SignIn;

/// <summary>
/// Counts attempts per account and per address in fixed windows. An attempt counts before its password is looked at, so that a hundred
/// at once are a hundred; a right password takes it back.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time, IOptionsMonitor<SignInOptions> options)
{
    // About 100 bytes each. When full the oldest window is forgotten: a flood of invented names costs a megabyte, not the service.
    private const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Window>> byKey = [];
    private readonly LinkedList<Window> byStart = [];

    /// <param name="account">What was typed.</param>
    /// <param name="address">Null where the caller is one of the house's services, which stand before many.</param>
    /// <exception cref="ResourceException"><c>too_many_attempts</c>, with the time until the window ends.</exception>
    public Attempt Begin(string account, string? address)
    {
        var attempt = new Attempt(this, "account:" + account.ToLowerInvariant(), address is null ? null : "address:" + address);
        lock (gate)
        {
            RemoveOld();
            Demand(attempt.Account, options.CurrentValue.AttemptsPerAccount);
            Demand(attempt.Address, options.CurrentValue.AttemptsPerAddress);
            Count(attempt.Account);
            Count(attempt.Address);
        }

        return attempt;
    }

    public void RemoveOld()
    {
        var oldest = time.GetUtcNow() - options.CurrentValue.Window;
        lock (gate)
        {
            while (byStart.First is { } first && (first.Value.StartedAt <= oldest || byKey.Count > Capacity))
            {
                Remove(first.Value.Key);
            }
        }
    }

    private void TakeBack(Attempt attempt)
    {
        lock (gate)
        {
            Remove(attempt.Account);
            if (attempt.Address is { } address && byKey.TryGetValue(address, out var node) && --node.Value.Attempts == 0)
            {
                Remove(address);
            }
        }
    }

    private void Demand(string? key, int limit)
    {
        if (key is not null && byKey.TryGetValue(key, out var node) && node.Value.Attempts >= limit)
        {
            throw new ResourceException("too_many_attempts", "Too many attempts to sign in. Try again later.")
            {
                RetryAfter = node.Value.StartedAt + options.CurrentValue.Window - time.GetUtcNow(),
            };
        }
    }

    private void Count(string? key)
    {
        if (key is null)
        {
            return;
        }

        if (!byKey.TryGetValue(key, out var node))
        {
            node = byStart.AddLast(new Window(key, time.GetUtcNow()));
            byKey[key] = node;
        }

        node.Value.Attempts++;
    }

    private void Remove(string key)
    {
        if (byKey.Remove(key, out var node))
        {
            byStart.Remove(node);
        }
    }

    private sealed class Window(string key, DateTimeOffset startedAt)
    {
        public string Key { get; } = key;
        public DateTimeOffset StartedAt { get; } = startedAt;
        public int Attempts { get; set; }
    }

    internal sealed record Attempt(LoginThrottle Throttle, string Account, string? Address)
    {
        /// <summary>The password was right: the account starts anew, and the address gets this attempt back.</summary>
        public void Succeeded() => Throttle.TakeBack(this);
    }
}

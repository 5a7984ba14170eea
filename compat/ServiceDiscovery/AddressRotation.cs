using System.Net;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// The addresses of one service in turn. One that could not be connected to is passed over for a while:
/// 250 ms at first, twice as long each time up to 5 s, as architecture.md probes whatever is down.
/// </summary>
internal sealed class AddressRotation(IReadOnlyList<EndPoint> endPoints, IChangeToken changed, TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly Address[] _addresses = [.. endPoints.Select(endPoint => new Address(endPoint))];
    private uint _next = uint.MaxValue;

    /// <summary>Whether configuration has changed since.</summary>
    public bool IsOutdated => changed.HasChanged;

    public int Count => _addresses.Length;

    /// <summary>The order in which one request tries the addresses: from the next in turn on, those that are down last.</summary>
    public Address Pick(ReadOnlySpan<Address> tried)
    {
        var start = Interlocked.Increment(ref _next);
        Address? down = null;
        for (var i = 0u; i < (uint)_addresses.Length; i++)
        {
            var address = _addresses[(start + i) % (uint)_addresses.Length];
            if (tried.Contains(address))
            {
                continue;
            }

            if (address.IsUp(time))
            {
                return address;
            }

            down ??= address;
        }

        return down ?? throw new InvalidOperationException("Every address has been tried.");
    }

    internal sealed class Address(EndPoint endPoint) : IEquatable<Address>
    {
        private long _downUntil;
        private int _failures;

        public EndPoint EndPoint => endPoint;

        public bool IsUp(TimeProvider time) => Volatile.Read(ref _failures) == 0 || time.GetTimestamp() >= Volatile.Read(ref _downUntil);

        public void Succeeded()
        {
            if (Volatile.Read(ref _failures) != 0)
            {
                Volatile.Write(ref _failures, 0);
            }
        }

        public void Failed(TimeProvider time)
        {
            // Requests that fail together count once.
            if (!IsUp(time))
            {
                return;
            }

            var failures = Math.Min(Interlocked.Increment(ref _failures), 10);
            var pause = s_firstPause * (1 << (failures - 1));
            pause = pause < s_longestPause ? pause : s_longestPause;
            Volatile.Write(ref _downUntil, time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency));
        }

        public bool Equals(Address? other) => ReferenceEquals(this, other);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => endPoint.GetHashCode();
    }
}

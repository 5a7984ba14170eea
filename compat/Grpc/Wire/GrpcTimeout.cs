using System.Globalization;

namespace Grpc.Wire;

/// <summary>The grpc-timeout header: at most eight digits and a unit, for instance "150m" for 150 ms.</summary>
internal static class GrpcTimeout
{
    private const long MaxValue = 99_999_999;

    public static string Format(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return "1n";
        }

        // Rounded up: a server must not give up before its caller does.
        var microseconds = Divide(timeout.Ticks, TimeSpan.TicksPerMicrosecond);
        if (microseconds <= MaxValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{microseconds}u");
        }

        var milliseconds = Divide(timeout.Ticks, TimeSpan.TicksPerMillisecond);
        return milliseconds <= MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds}m")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(Divide(timeout.Ticks, TimeSpan.TicksPerSecond), MaxValue)}S");

        static long Divide(long value, long by) => (value / by) + (value % by == 0 ? 0 : 1);
    }

    public static bool TryParse(string? header, out TimeSpan timeout)
    {
        timeout = default;
        if (header is null or { Length: < 2 or > 9 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        long? ticks = header[^1] switch
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => value / 100,
            _ => null,
        };
        timeout = new TimeSpan(ticks ?? 0);
        return ticks is not null;
    }
}

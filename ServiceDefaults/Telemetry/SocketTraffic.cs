using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace Museum.ServiceDefaults.Telemetry;

/// <summary>
/// Bytes that this process has sent and received on its sockets, as <c>process.network.io</c> of OpenTelemetry's process metrics. The
/// runtime tells them only to a listener of its event source, every few seconds.
/// </summary>
internal sealed class SocketTraffic : EventListener
{
    public const string MeterName = "Museum.Process";

    // A scraper asks every 15 s or so.
    private const string EverySeconds = "5";

    private readonly Meter meter = new(MeterName);
    private long received;
    private long sent;

    private SocketTraffic() => meter.CreateObservableCounter("process.network.io", Read, "By", "Bytes on this process's sockets, up to 5 s ago.");

    /// <summary>One for the process: the runtime counts for the process.</summary>
    public static SocketTraffic Instance { get; } = new();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.None, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = EverySeconds });
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is not { EventName: "EventCounters", Payload: [IDictionary<string, object?> counter, ..] } || !counter.TryGetValue("Mean", out var total))
        {
            return;
        }

        var bytes = Convert.ToInt64(total, CultureInfo.InvariantCulture);
        switch (counter["Name"])
        {
            case "bytes-received":
                Interlocked.Exchange(ref received, bytes);
                break;
            case "bytes-sent":
                Interlocked.Exchange(ref sent, bytes);
                break;
        }
    }

    private IEnumerable<Measurement<long>> Read() =>
    [
        new(Interlocked.Read(ref received), new KeyValuePair<string, object?>("network.io.direction", "receive")),
        new(Interlocked.Read(ref sent), new KeyValuePair<string, object?>("network.io.direction", "transmit")),
    ];
}

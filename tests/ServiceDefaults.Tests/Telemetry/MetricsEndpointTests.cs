using System.Diagnostics;
using System.Text.RegularExpressions;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Telemetry;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Telemetry;

public sealed partial class MetricsEndpointTests
{
    [Fact]
    public async Task Every_service_tells_a_scraper_its_traffic_latencies_errors_engines_and_resources()
    {
        await using var service = await DefaultsHost.StartAsync(map: app => app.MapGet("/bell/{name}", (string name) => name).AllowAnonymous());
        await service.Client.GetStringAsync("/bell/a");
        await service.Client.GetStringAsync("/bell/b");
        InferenceDuration.Record(InferenceDuration.Tts, "rms", Stopwatch.GetTimestamp());
        service.Get<ErrorMetrics>().Count(new ErrorInfo(ErrorCategory.Resource, "voice_busy", "", true, 503));

        var text = "";
        // Requests a second, their latency and the share of errors: one histogram has all three. A client has its answer a moment before it counts.
        await Eventually.TrueAsync(async () =>
        {
            text = await service.Client.GetStringAsync("/metrics");
            return Bells().IsMatch(text);
        });

        Assert.Contains(text.Split('\n'), l => l.StartsWith("inference_duration_seconds_count{", StringComparison.Ordinal)
            && l.Contains("task=\"tts\"", StringComparison.Ordinal) && l.Contains("model=\"rms\"", StringComparison.Ordinal));
        Assert.Matches("errors_total\\{.*category=\"resource\",code=\"voice_busy\"\\} 1\n", text);
        string[] resources =
        [
            "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_pause_time_seconds_total", "dotnet_gc_collections_total",
            "dotnet_thread_pool_thread_count_total", "dotnet_thread_pool_queue_length_total", "process_network_io_bytes_total", "kestrel_active_connections",
        ];
        Assert.All(resources, name => Assert.Contains($"\n{name}{{", text, StringComparison.Ordinal));
        Assert.Contains("service_name=\"testservice\"", text, StringComparison.Ordinal);
        await HoldsItsOwnNamesToTheLinterAsync(text);
    }

    [Fact]
    public async Task The_bytes_on_its_sockets_are_counted()
    {
        await using var service = await DefaultsHost.StartAsync();
        await Eventually.TrueAsync(async () => (await service.Client.GetStringAsync("/metrics")).Split('\n')
            .Any(l => l.StartsWith("process_network_io_bytes_total{", StringComparison.Ordinal) && l.Contains("\"transmit\"", StringComparison.Ordinal) && !l.EndsWith(" 0", StringComparison.Ordinal)));
    }

    [GeneratedRegex("""http_server_request_duration_seconds_count\{.*http_response_status_code="200",http_route="/bell/\{name\}".*\} 2\n""")]
    private static partial Regex Bells();

    /// <summary>The runtime's names and Polly's milliseconds are what they are.</summary>
    private static async Task HoldsItsOwnNamesToTheLinterAsync(string text) =>
        Assert.DoesNotContain(await Promtool.CheckAsync(text), line =>
            !line.StartsWith("dotnet_", StringComparison.Ordinal) && !line.StartsWith("resilience_polly_", StringComparison.Ordinal));
}

namespace Museum.TestKit;

/// <summary>What a scraper finds at a real service: everything that all of them owe it, and what is this one's own, in a form that Prometheus's own judge accepts.</summary>
public static class MetricsPage
{
    // Requests a second with their latencies and failures, what was refused and why, processor, memory, garbage, network, and how its dependencies are.
    private static readonly string[] OfAll =
    [
        "http_server_request_duration_seconds_bucket", "http_server_request_duration_seconds_count", "errors_total",
        "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_collections_total", "process_network_io_bytes_total",
        "museum_breaker_state", "museum_capability_state",
    ];

    // Names that the house gives; those of the runtime and of Polly are what they are.
    private static readonly string[] House = ["museum_", "inference_", "active_sessions", "errors_", "tts_", "process_", "http_"];

    /// <param name="service">With the token that <c>/metrics</c> wants, if it wants one.</param>
    /// <param name="ofItsOwn">Names, or beginnings of lines with labels, that have to be there too.</param>
    public static async Task CheckAsync(HttpClient service, params string[] ofItsOwn)
    {
        // A failure that was answered.
        using var nowhere = await service.GetAsync("/api/nowhere");
        Assert.False(nowhere.IsSuccessStatusCode);
        var page = "";
        string[] Missing() => [.. OfAll.Concat(ofItsOwn).Where(name => !page.Contains($"\n{name}", StringComparison.Ordinal))];
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                page = await service.GetStringAsync("/metrics");
                return Missing().Length == 0;
            });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"/metrics lacks {string.Join(", ", Missing())}");
        }

        Assert.DoesNotContain(await Promtool.CheckAsync(page), remark => House.Any(name => remark.StartsWith(name, StringComparison.Ordinal)));
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Museum.TestKit;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Museum.TelemetryTests;

/// <summary>What a scraper reads, in both formats; the first is checked by Prometheus's own tool as well.</summary>
public sealed class PrometheusTests : IAsyncLifetime
{
    private readonly Meter meter = new("Bells." + Guid.NewGuid().ToString("N"), "1.2");
    private readonly HttpClient client = new();
    private WebApplication app = null!;
    private int collections;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(UnwatchedFiles.Args);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Clear().AddAttributes([new("service.name", "belfry"), new("k8s.pod", "a\"b")]))
            .WithMetrics(metrics => metrics
                .AddMeter(meter.Name)
                .SetExemplarFilter(ExemplarFilterType.TraceBased)
                .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 600_000));
        app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync();
        client.BaseAddress = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        meter.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_counter_has_its_unit_and_total_in_its_name_and_its_tags_as_labels()
    {
        var counter = meter.CreateCounter<long>("bell.data-sent", "By", "What \"it\" says,\nin \\ bytes.");
        counter.Add(3, new KeyValuePair<string, object?>("bell.name", "Big \"Ben\"\n\\"), new KeyValuePair<string, object?>("loud", true));
        counter.Add(4, new KeyValuePair<string, object?>("bell.name", "Big \"Ben\"\n\\"), new KeyValuePair<string, object?>("loud", true));

        await AssertTextAsync($$"""
            # TYPE bell_data_sent_bytes_total counter
            # HELP bell_data_sent_bytes_total What "it" says,\nin \\ bytes.
            bell_data_sent_bytes_total{{{Scope}},bell_name="Big \"Ben\"\n\\",loud="true"} 7
            """);
        await AssertOpenMetricsAsync($$"""
            # TYPE bell_data_sent_bytes counter
            # UNIT bell_data_sent_bytes bytes
            # HELP bell_data_sent_bytes What \"it\" says,\nin \\ bytes.
            bell_data_sent_bytes_total{{{Scope}},bell_name="Big \"Ben\"\n\\",loud="true"} 7
            """);
    }

    [Theory]
    [InlineData("errors", "{error}", "errors_total")]
    [InlineData("errors.total", "{error}", "errors_total")]
    [InlineData("http.server.request.duration", "s", "http_server_request_duration_seconds_total")]
    [InlineData("wait_seconds", "s", "wait_seconds_total")]
    [InlineData("try-2..b", "1", "try_2_b_total")]
    [InlineData("flow", "By/s", "flow_bytes_per_second_total")]
    [InlineData("rounds", "{round}/h", "rounds_per_hour_total")]
    [InlineData("load", "%", "load_percent_total")]
    public async Task Names_follow_the_specification(string instrument, string unit, string name)
    {
        meter.CreateCounter<long>(instrument, unit).Add(1);
        Assert.Contains($"{name}{{{Scope}}} 1", await ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_up_and_down_is_a_gauge_and_numbers_keep_their_precision()
    {
        meter.CreateUpDownCounter<long>("active_sessions", "{session}").Add(-2);
        meter.CreateObservableGauge("temperature", () => new[]
        {
            new Measurement<double>(0.1 + 0.2, new KeyValuePair<string, object?>("at", "a")),
            new Measurement<double>(double.PositiveInfinity, new KeyValuePair<string, object?>("at", "b")),
            new Measurement<double>(double.NaN, new KeyValuePair<string, object?>("at", "c")),
        });

        await AssertTextAsync($$"""
            # TYPE active_sessions gauge
            active_sessions{{{Scope}}} -2
            """);
        await AssertTextAsync($$"""
            # TYPE temperature gauge
            temperature{{{Scope}},at="a"} 0.30000000000000004
            temperature{{{Scope}},at="b"} +Inf
            temperature{{{Scope}},at="c"} NaN
            """);
    }

    [Fact]
    public async Task A_histogram_has_cumulative_buckets_a_sum_and_a_count()
    {
        var histogram = meter.CreateHistogram("inference.duration", "s", "Work.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 5 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("model", "rms"));
        }

        await AssertTextAsync($$"""
            # TYPE inference_duration_seconds histogram
            # HELP inference_duration_seconds Work.
            inference_duration_seconds_bucket{{{Scope}},model="rms",le="0.5"} 2
            inference_duration_seconds_bucket{{{Scope}},model="rms",le="1"} 3
            inference_duration_seconds_bucket{{{Scope}},model="rms",le="2"} 3
            inference_duration_seconds_bucket{{{Scope}},model="rms",le="+Inf"} 4
            inference_duration_seconds_sum{{{Scope}},model="rms"} 6.5
            inference_duration_seconds_count{{{Scope}},model="rms"} 4
            """);
        Assert.Contains("le=\"1.0\"} 3\n", await ScrapeAsync(OpenMetrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_within_a_trace_is_an_exemplar_in_OpenMetrics_alone()
    {
        var histogram = meter.CreateHistogram("wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });
        using var activity = new Activity("turn") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        histogram.Record(0.25);

        Assert.Matches(
            $$"""wait_seconds_bucket\{.*le="1.0"\} 1 # \{trace_id="{{activity.TraceId}}",span_id="{{activity.SpanId}}"\} 0.25 \d+\.?\d*\n""", await ScrapeAsync(OpenMetrics));
        Assert.DoesNotContain("trace_id", await ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_resource_is_the_target()
    {
        meter.CreateCounter<long>("any").Add(1);
        await AssertTextAsync("""
            # TYPE target_info gauge
            # HELP target_info Target metadata
            target_info{service_name="belfry",k8s_pod="a\"b"} 1
            """);
        await AssertOpenMetricsAsync("""
            # TYPE target info
            # HELP target Target metadata
            target_info{service_name="belfry",k8s_pod="a\"b"} 1
            """);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/html,application/xml", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5", false)]
    [InlineData("text/plain;version=0.0.4,application/openmetrics-text;q=0.5", false)]
    public async Task The_scraper_says_which_format_it_wants(string? accept, bool isOpenMetrics)
    {
        meter.CreateCounter<long>("any").Add(1);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(
            isOpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8",
            response.Content.Headers.ContentType?.ToString());
        Assert.Equal(isOpenMetrics, (await response.Content.ReadAsStringAsync()).EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scrapers_that_come_at_once_and_soon_after_are_answered_from_one_collection()
    {
        meter.CreateObservableGauge("collections", () => Interlocked.Increment(ref collections));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ScrapeAsync()));
        Assert.Equal(1, Volatile.Read(ref collections));
        Assert.Single(answers.Distinct());
    }

    private string Scope => $"otel_scope_name=\"{meter.Name}\",otel_scope_version=\"1.2\"";

    private static MediaTypeWithQualityHeaderValue OpenMetrics => new("application/openmetrics-text");

    private async Task AssertTextAsync(string lines)
    {
        var text = await ScrapeAsync();
        Assert.Contains(lines + "\n", text, StringComparison.Ordinal);
        await Promtool.CheckAsync(text);
    }

    private async Task AssertOpenMetricsAsync(string lines) => Assert.Contains(lines + "\n", await ScrapeAsync(OpenMetrics), StringComparison.Ordinal);

    private async Task<string> ScrapeAsync(MediaTypeWithQualityHeaderValue? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.Accept.Add(accept);
        }

        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}

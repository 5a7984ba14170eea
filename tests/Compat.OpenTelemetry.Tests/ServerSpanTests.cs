using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Museum.TelemetryTests;

public sealed class ServerSpanTests : IAsyncLifetime
{
    private readonly Collecting _spans = new();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAttributes([new("test", "spans")]))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = http => !http.Request.Path.StartsWithSegments("/health");
                    options.RecordException = true;
                })
                .AddHttpClientInstrumentation()
                .AddProcessor(_spans));
        _app = builder.Build();
        _app.MapGet("/items/{id}", (string id) => id);
        _app.MapGet("/broken", string () => throw new FormatException("no"));
        _app.MapGet("/health/live", () => "ok");
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_span_has_the_name_of_its_route_and_its_status()
    {
        await _client.GetAsync(new Uri("/items/7?x=1", UriKind.Relative));
        var span = await SpanAsync("GET /items/{id}");

        Assert.Equal("/items/{id}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal("/items/7", span.GetTagItem("url.path"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task An_exception_makes_the_span_an_error()
    {
        await _client.GetAsync(new Uri("/broken", UriKind.Relative));
        var span = await SpanAsync("GET /broken");

        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
        Assert.Equal("System.FormatException", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("exception", span.Events.Single().Name);
    }

    [Fact]
    public async Task A_path_without_a_route_does_not_become_a_name()
    {
        await _client.GetAsync(new Uri("/no/such/page", UriKind.Relative));
        var span = await SpanAsync("GET");

        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Null(span.GetTagItem("http.route"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task Filtered_requests_leave_no_span()
    {
        await _client.GetAsync(new Uri("/health/live", UriKind.Relative));
        await _client.GetAsync(new Uri("/items/8", UriKind.Relative));
        await SpanAsync("GET /items/{id}");

        Assert.DoesNotContain(_spans.Ended, span => span.Kind == ActivityKind.Server && span.DisplayName.Contains("health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_and_its_answer_are_one_trace()
    {
        using var parent = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await _client.GetAsync(new Uri("/items/9", UriKind.Relative));

        var server = await Eventually.GetAsync(() => Task.FromResult(_spans.Ended.FirstOrDefault(
            span => span.Kind == ActivityKind.Server && span.TraceId == parent.TraceId)));
        Assert.NotEqual(parent.SpanId, server.ParentSpanId);
    }

    private Task<Activity> SpanAsync(string name) => Eventually.GetAsync(
        () => Task.FromResult(_spans.Ended.FirstOrDefault(span => span.Kind == ActivityKind.Server && span.DisplayName == name)));

    private sealed class Collecting : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data)
        {
            if ((data.ActivityTraceFlags & ActivityTraceFlags.Recorded) != 0)
            {
                Ended.Enqueue(data);
            }
        }
    }
}

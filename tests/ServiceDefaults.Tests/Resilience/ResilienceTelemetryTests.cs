using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Resilience;

public sealed class ResilienceTelemetryTests : IDisposable
{
    private readonly LlmPipeline llm = new(new ManualTime(realTimers: true), ("Retries", "1"), ("BreakerThroughput", "2"));
    private readonly MeterListener listener = new();
    private readonly List<(string Instrument, double Value, Dictionary<string, object?> Tags)> measured = [];

    public ResilienceTelemetryTests()
    {
        // Of this test's own pipelines, whatever other tests measure meanwhile.
        var mine = llm.Meters;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ResilienceTelemetry.MeterName && instrument.Meter.Scope == mine)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.Add((i.Name, value, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => measured.Add((i.Name, value, new(tags.ToArray()))));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => measured.Add((i.Name, value, new(tags.ToArray()))));
        listener.Start();
    }

    public void Dispose()
    {
        listener.Dispose();
        llm.Dispose();
    }

    [Fact]
    public async Task Attempts_pipelines_and_what_happened_are_measured_under_the_names_of_pollys_own_extensions()
    {
        await FailAsync();
        var attempts = measured.Where(m => m.Instrument == "resilience.polly.strategy.attempt.duration").Select(m => (m.Tags["pipeline.name"], m.Tags["attempt.number"], m.Tags["attempt.handled"]));
        Assert.Equal([("llm", 0, true), ("llm", 1, true)], attempts.Select(a => ((string)a.Item1!, (int)a.Item2!, (bool)a.Item3!)));
        Assert.Equal(["OnRetry", "OnCircuitOpened"], measured.Where(m => m.Instrument == "resilience.polly.strategy.events").Select(m => (string)m.Tags["event.name"]!));
        Assert.Equal(typeof(DependencyException).FullName, Assert.Single(measured, m => m.Instrument == "resilience.polly.pipeline.duration").Tags["exception.type"]);
    }

    [Fact]
    public async Task What_happened_is_told_in_the_trace_of_the_call()
    {
        using var activity = new Activity("question").Start();
        await FailAsync();
        Assert.Equal(["OnRetry", "OnCircuitOpened"], activity.Events.Select(e => e.Name));
    }

    [Fact]
    public async Task The_breakers_state_is_a_gauge()
    {
        Assert.False(llm.Breaker.IsOpen);
        listener.RecordObservableInstruments();
        Assert.Equal(0, State());
        await FailAsync();
        listener.RecordObservableInstruments();
        Assert.Equal(1, State());

        double State() => measured.Last(m => m.Instrument == "museum.breaker.state" && (string)m.Tags["pipeline.name"]! == "llm").Value;
    }

    private async Task FailAsync() => await Assert.ThrowsAnyAsync<DependencyException>(
        () => llm.Pipeline.ExecuteAsync(ValueTask (_) => throw new DependencyException("x", "x")).AsTask().SoonAsync());
}

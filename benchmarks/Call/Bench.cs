using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Scenarios;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Call.Visit;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Benchmarks.Visitors.Visits;
using Museum.TestKit;

namespace Museum.Benchmarks.Call;

/// <summary>The suite, everything that will be said to it, and a collector of its spans.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Findings> details = [];
    private readonly CallOptions options;
    private readonly RunningSuite suite;
    private readonly OtlpReceiver spans;

    private Bench(CallOptions options, RunningSuite suite, OtlpReceiver spans, Repertoire repertoire) =>
        (this.options, this.suite, this.spans, Repertoire) = (options, suite, spans, repertoire);

    public Repertoire Repertoire { get; }

    public static async Task<Bench> StartAsync(CallOptions options, CancellationToken cancellationToken)
    {
        Say("recording what visitors say …");
        var content = Path.Combine(options.Root, "content/exhibits");
        // None is heard twice in ten minutes of one call, nor in one minute of fifty.
        var questions = Voices.Questions(content, Math.Clamp(options.Calls * 4, 30, 150), options.Seed);
        var interruptions = Voices.Interruptions(Voices.Questions(content, 30, options.Seed + 1));
        var disturbances = await Sound.Disturbances.ReadAsync(Path.Combine(options.Root, ".museum/sounds"), cancellationToken);
        Say("starting the suite …");
        var spans = await OtlpReceiver.StartAsync();
        // Spans are what interruptions are judged by; they cost what they cost in operation, too.
        var suite = await RunningSuite.StartAsync(options.Root, Path.Combine(options.Root, ".museum/call.log"), options.Scenarios.Contains("interruptions") ? Tracing(spans) : []);
        return new Bench(options, suite, spans, new Repertoire(questions, interruptions, disturbances));
    }

    /// <summary>Asks until somebody answers aloud: a suite that has just started compiles its code, and loads voices and models.</summary>
    /// <returns>What the very first question took; null: it had no voice.</returns>
    public async Task<double?> WarmUpAsync(CancellationToken cancellationToken)
    {
        const int most = 8;
        var findings = new Findings();
        using var http = new HttpClient { BaseAddress = suite.Address };
        await using var caller = await Caller.EnterAsync(suite, await VisitorPass.TakeAsync(http, "en", cancellationToken), CallKind.QuietRoom, 0, cancellationToken);
        for (var i = 0; i < most && findings.Asked.Count(a => a.Failure is null) < 2; i++)
        {
            await Named("questions").ActAsync(new Act(caller, findings, new Random(i), default), cancellationToken);
        }

        details["warm-up"] = findings;
        return findings.Asked.First().FirstAudioMs;
    }

    /// <summary>Every question, interruption and disturbance with what came of it: for whoever looks for a cause.</summary>
    public Task KeepDetailsAsync() => Results.WriteAsync(Path.Combine(options.Root, ".museum/call-details.json"), details, _ => { });

    public async Task<ScenarioResult> RunAsync(string scenario, CancellationToken cancellationToken)
    {
        var usage = new SuiteUsage(suite);
        var metrics = new VoiceActivityFigures(suite);
        var before = await metrics.ReadAsync(cancellationToken);
        var run = new CallRun(suite, options, Named(scenario));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = Task.WhenAll(usage.WatchAsync(over.Token), TellAsync(scenario, run, over.Token));
        await run.RunAsync(cancellationToken);
        await over.CancelAsync();
        await watching;
        details[scenario] = run.Findings;
        return Summary.Of(
            scenario, options, run.Findings, usage, VoiceActivityFigures.Between(before, await metrics.ReadAsync(cancellationToken), options.Calls), await InterruptedSpans.OfAsync(spans, run.Findings));
    }

    public async ValueTask DisposeAsync()
    {
        await suite.DisposeAsync();
        await spans.DisposeAsync();
    }

    private IScenario Named(string name) => name switch
    {
        "interruptions" => new Interrupting(Repertoire),
        "noises" => new Disturbing(Repertoire),
        "noise" => new Questions(name, CallKind.LoudHall, Repertoire),
        "network" => new Questions(name, CallKind.PoorNetwork, Repertoire),
        "disconnects" => new Disconnecting(Repertoire),
        _ => new Questions(name, CallKind.QuietRoom, Repertoire),
    };

    private static Dictionary<string, string> Tracing(OtlpReceiver spans) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = spans.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };

    private static async Task TellAsync(string scenario, CallRun run, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ProgressEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Asked[] asked = [.. run.Findings.Asked];
            var heard = Spread.Of(asked.Select(a => a.FirstAudioMs).OfType<double>());
            Say($"{scenario} {run.Elapsed:m\\:ss}: {asked.Length} questions, {asked.Count(a => a.Failure is not null) + run.Findings.Errors.Count} errors, first audio after p50 {heard?.P50} ms, p95 {heard?.P95} ms");
        }
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}

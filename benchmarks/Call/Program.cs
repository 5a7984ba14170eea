// ./museum bench call: live calls at a suite of its own. Exits with 1 when a goal is missed.
using Museum.Benchmarks.Call;
using Museum.Benchmarks.Call.Figures;
using Museum.Benchmarks.Call.Sound;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

var options = CallOptions.Read(args);
using var stop = new StopSignal();
var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
await using var bench = await Bench.StartAsync(options, stop.Token);
var first = await bench.WarmUpAsync(stop.Token);
var scenarios = new List<ScenarioResult>();
foreach (var scenario in options.Scenarios)
{
    scenarios.Add(await bench.RunAsync(scenario, stop.Token));
}

var result = new CallResult(Machine.Here, load, first, options.Calls, options.Every.TotalSeconds, options.Minutes, bench.Repertoire.CoughsAre, scenarios);
Report.Write(result, Console.Out);
await Results.WriteAsync(options.Out, result, text => Report.Write(result, text));
await bench.KeepDetailsAsync();
return scenarios.All(s => s.Goals.All(g => g.Met)) ? 0 : 1;

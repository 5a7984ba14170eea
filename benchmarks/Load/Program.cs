// ./museum bench load: a suite of its own under many visitors. Exits with 1 when a goal is missed.
using Museum.Benchmarks.Load;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

var options = LoadOptions.Read(args);
using var stop = new StopSignal();
await using var suite = await RunningSuite.StartAsync(options.Root, Path.Combine(options.Root, ".museum/load.log"));
var content = Path.Combine(options.Root, "content/exhibits");
var kinds = await Kinds.MeasureAsync(suite, content, stop.Token);
using var aloud = await SpokenQuestions.PrepareAsync(suite, content, stop.Token);

var usage = new SuiteUsage(suite);
using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
var run = new LoadRun(suite, options);
var watching = Task.WhenAll(usage.WatchAsync(over.Token), aloud.RunAsync(over.Token));
var answers = await run.RunAsync(stop.Token);
await over.CancelAsync();
await watching;

var result = Summary.Of(options, answers, aloud, usage, kinds, run.Frames / run.Elapsed.TotalSeconds);
Report.Write(result, Console.Out);
await Results.WriteAsync(options.Out, result, text => Report.Write(result, text));
return result.Goals.All(g => g.Met) ? 0 : 1;

// What one operation of a mechanism costs: Micro OUTPUT-FOLDER [FILTER …]. Exits with 1 when one misses its goal.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Museum.Benchmarks.Micro;

Directory.CreateDirectory(args[0]);
await using var log = new StreamWriter(Path.Combine(args[0], "log.txt"));

// In this process: a project that BenchmarkDotNet generates would build the whole of ServiceDefaults again for every benchmark, under
// this repository's props and analyzers. The price: all run under this process's garbage collector, which is configured as a service's.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(new StreamLogger(log))
    .WithArtifactsPath(args[0]);
string[] filters = args.Length > 1 ? [.. args[1..].Select(f => $"*{f}*")] : ["*"];
var summaries = BenchmarkSwitcher.FromAssembly(typeof(GoalAttribute).Assembly).Run(["--filter", .. filters], config);
return Goals.Met(summaries, Console.Out) ? 0 : 1;

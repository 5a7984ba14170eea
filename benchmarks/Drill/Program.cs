// ./museum drill: a suite of its own loses one process after the other. Exits with 1 when something was not as docs/resilience.md says.
using Microsoft.Extensions.Configuration;
using Museum.Benchmarks.Drill;
using Museum.Benchmarks.Visitors.Figures;
using Museum.Benchmarks.Visitors.Suite;

var given = new ConfigurationBuilder().AddCommandLine(args).Build();
var (root, output) = (given["root"] ?? ".", given["out"] ?? ".museum/drill.json");
using var stop = new StopSignal();
await using var suite = await RunningSuite.StartAsync(root, Path.Combine(root, ".museum/drill.log"));
await using var flow = new Flow(suite, Path.Combine(root, "content/exhibits"));
await using var revoked = await RevokedVisitor.StartAsync(suite);
await using var ledger = await Ledger.StartAsync(suite);

var drill = new Drill(suite, flow, revoked, ledger);
var results = new List<FaultResult>();
Report.WriteHead(Console.Out);
await drill.SettleAsync(stop.Token);
foreach (var fault in Fault.All(Way.Killed).Concat(Fault.All(Way.Frozen)).Where(f => given["only"] is not { } only || only == f.Process))
{
    results.Add(await drill.StrikeAsync(fault, stop.Token));
    Report.WriteLine(results[^1], Console.Out);
}

var acknowledged = ledger.Acknowledged;
Report.WriteEnd(results, acknowledged, revoked.Refused, Console.Out);
await Results.WriteAsync(output, Report.ToRecord(results, acknowledged), text => Report.WriteAll(results, acknowledged, revoked.Refused, text));
return results.SelectMany(r => r.Violations()).Any() ? 1 : 0;

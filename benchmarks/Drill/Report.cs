using System.Globalization;
using Museum.Benchmarks.Visitors.Figures;

namespace Museum.Benchmarks.Drill;

/// <summary>The drill as a table for people, and as a record for the repository.</summary>
internal static class Report
{
    public static void WriteHead(TextWriter output)
    {
        output.WriteLine(Machine.Here);
        output.WriteLine("Four visitors on sockets with voice and face, and four questions a second by HTTP. Seconds.");
        output.WriteLine($"{"process",-22}{"way",-8}{"asked",6}{"failed",8}{"degraded",10}{"to degrade",12}{"away",8}{"to recover",12}");
    }

    public static void WriteLine(FaultResult result, TextWriter output)
    {
        string Seconds(TimeSpan? time) => time?.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) ?? "-";
        output.WriteLine(
            $"{result.Fault.Process,-22}{result.Fault.Way.ToString().ToLowerInvariant(),-8}{result.Questions.Count,6}{result.Failed,8}{result.Degraded,10}{Seconds(result.TimeToDegrade),12}{Seconds(result.Away),8}{Seconds(result.TimeToRecover),12}");
        if (result.Causes is { Length: > 0 } causes)
        {
            output.WriteLine($"    {causes}");
        }

        foreach (var violation in result.Violations())
        {
            output.WriteLine($"    MISSED: {violation}");
        }
    }

    public static void WriteEnd(IEnumerable<FaultResult> results, int acknowledged, int refused, TextWriter output) =>
        output.WriteLine($"{acknowledged} messages acknowledged, {results.Sum(r => r.Lost)} lost; a revoked session was refused {refused} times, let in {results.Sum(r => r.LetIn)} times.");

    public static void WriteAll(IReadOnlyList<FaultResult> results, int acknowledged, int refused, TextWriter output)
    {
        WriteHead(output);
        foreach (var result in results)
        {
            WriteLine(result, output);
        }

        WriteEnd(results, acknowledged, refused, output);
    }

    public static object ToRecord(IEnumerable<FaultResult> results, int acknowledged) => new
    {
        Machine = Machine.Here,
        AcknowledgedMessages = acknowledged,
        Faults = results.Select(r => new
        {
            r.Fault.Process,
            Way = r.Fault.Way.ToString().ToLowerInvariant(),
            Asked = r.Questions.Count,
            r.Failed,
            r.Degraded,
            TimeToDegradeS = Round(r.TimeToDegrade),
            AwayS = Round(r.Away),
            TimeToRecoverS = Round(r.TimeToRecover),
            r.LetIn,
            r.Lost,
            r.Causes,
            Missed = r.Violations(),
        }),
    };

    private static double? Round(TimeSpan? time) => time is { } t ? Math.Round(t.TotalSeconds, 2) : null;
}

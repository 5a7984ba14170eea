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
            TimeToDegradeS = r.TimeToDegrade?.TotalSeconds,
            AwayS = r.Away.TotalSeconds,
            TimeToRecoverS = r.TimeToRecover?.TotalSeconds,
            r.LetIn,
            r.Lost,
            r.Causes,
            Missed = r.Violations(),
        }),
    };
}

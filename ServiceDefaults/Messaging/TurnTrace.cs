using System.Diagnostics;
using Museum.Contracts.Events;

namespace Museum.ServiceDefaults.Messaging;

/// <summary>Spans of work on a sentence, all under the trace of its turn.</summary>
public static class TurnTrace
{
    /// <param name="source">The service's own.</param>
    /// <param name="name">What is done with the sentence.</param>
    /// <param name="sentence">The event that asked for it.</param>
    /// <param name="traceParent">The event's field: it helps where no consume span carries the trace on.</param>
    public static Activity? StartActivity(this ActivitySource source, string name, ITurnEvent sentence, string? traceParent)
    {
        var parent = Activity.Current?.Context ?? (ActivityContext.TryParse(traceParent, null, out var context) ? context : default);
        var activity = source.StartActivity(name, ActivityKind.Internal, parent);
        activity?.SetTag("museum.session", sentence.Session);
        activity?.SetTag("museum.turn", sentence.Turn);
        activity?.SetTag("museum.sequence", sentence.Sequence);
        return activity;
    }
}

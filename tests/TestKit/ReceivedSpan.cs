namespace Museum.TestKit;

/// <summary>A span as it arrived: who sent it, and its place in a trace (ids in lower-case hex).</summary>
public sealed record ReceivedSpan(string Service, string Scope, string TraceId, string SpanId, string ParentId, string Name)
{
    /// <summary>Nanoseconds since 1970.</summary>
    public long StartUnixNs { get; init; }

    /// <summary>Nanoseconds since 1970: only spans that have ended arrive.</summary>
    public long EndUnixNs { get; init; }

    /// <summary>Texts and whole numbers, as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

/// <summary>Finds what belongs together.</summary>
public static class TurnSpans
{
    /// <summary>The span <c>turn</c> of VoiceCallService and everything that was done for it, in whatever service, as far as it has arrived.</summary>
    public static IReadOnlyList<ReceivedSpan> OfTurn(this IEnumerable<ReceivedSpan> spans, string session, long turn)
    {
        var all = spans.ToArray();
        var number = turn.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var root = all.FirstOrDefault(s => s.Name == "turn" && s.Attributes.GetValueOrDefault("session.id") == session && s.Attributes.GetValueOrDefault("museum.turn") == number);
        var children = all.Where(s => s.TraceId == root?.TraceId).ToLookup(s => s.ParentId);
        var found = new List<ReceivedSpan>();
        for (var next = new Queue<ReceivedSpan>(root is null ? [] : [root]); next.TryDequeue(out var span);)
        {
            found.Add(span);
            foreach (var child in children[span.SpanId])
            {
                next.Enqueue(child);
            }
        }

        return found;
    }
}

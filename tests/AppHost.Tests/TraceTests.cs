using Museum.TestKit;

namespace Museum.AppHost.Tests;

[Collection(SuiteCollection.Name)]
public sealed class TraceTests(Suite suite)
{
    private static readonly string[] Stages = ["voicecallservice", "textservice", "audioservice"];

    /// <summary>Who is told of interruptions by the broker.</summary>
    private static readonly string[] Makers = ["audioservice", "avatarservice"];

    [Fact]
    public async Task One_trace_runs_from_the_request_through_gateway_gRPC_and_broker_to_the_last_consumer()
    {
        await using (var client = await suite.TalkAsync())
        {
            await client.ReceiveAnswerAsync(await client.AskAsync(Suite.Short));
        }

        string[] wanted = ["gateway", "voicecallservice", "textservice", "audioservice", "avatarservice"];
        await Eventually.TrueAsync(() => suite.Telemetry.Spans
            .GroupBy(s => s.TraceId)
            .Any(trace => wanted.All(w => trace.Any(s => s.Service == w)) && trace.Any(s => s.Scope == "MassTransit")));
    }

    [Fact]
    public async Task Of_an_interrupted_turn_every_span_ends_and_none_begins_where_the_interruption_is_known()
    {
        long turn;
        string session;
        await using (var client = await suite.TalkAsync())
        {
            session = client.SessionId!;
            (var id, turn) = await Aloud.BeginAsync(client, "Tell me about the Mona Lisa.");
            await client.SendAsync("INTERRUPT", new { interrupt_request_id = id, reason = "USER_STOP" });
            await client.ReceiveAsync("TURN_ENDED", p => (bool)p["interrupted"]!);
        }

        // A span arrives when it has ended: where a parent is missing, somebody still works.
        ReceivedSpan[] trace = [];
        IReadOnlyList<ReceivedSpan> spans = [];
        await Eventually.TrueAsync(() =>
        {
            spans = suite.Telemetry.Spans.OfTurn(session, turn);
            trace = [.. suite.Telemetry.Spans.Where(s => spans.Count > 0 && s.TraceId == spans[0].TraceId)];
            var ended = trace.Select(s => s.SpanId).ToHashSet();
            return Stages.All(stage => spans.Any(s => s.Service == stage)) && Makers.All(maker => ToldOf(trace, maker) is not null) && trace.All(s => s.ParentId.Length == 0 || ended.Contains(s.ParentId));
        });
        foreach (var maker in Makers)
        {
            var told = ToldOf(trace, maker)!;
            Assert.DoesNotContain(spans, s => s.Service == maker && s.Scope.StartsWith("Museum.", StringComparison.Ordinal) && s.StartUnixNs > told.EndUnixNs);
        }
    }

    /// <summary>Where a service took in that the turn is interrupted.</summary>
    private static ReceivedSpan? ToldOf(ReceivedSpan[] trace, string service) => trace
        .Where(s => s.Name == "museum.turn.v1.turn-interrupted send")
        .SelectMany(sent => trace.Where(s => s.ParentId == sent.SpanId))
        .SelectMany(received => trace.Where(s => s.ParentId == received.SpanId).Append(received))
        .FirstOrDefault(s => s.Service == service && s.Name.EndsWith(" process", StringComparison.Ordinal));
}

using Museum.TestKit;

namespace Museum.AppHost.Tests;

[Collection(SuiteCollection.Name)]
public sealed class TraceTests(Suite suite)
{
    [Fact]
    public async Task One_trace_runs_from_the_request_through_gateway_gRPC_and_broker_to_the_last_consumer()
    {
        await using (var client = await suite.TalkAsync())
        {
            await client.ReceiveAnswerAsync(await client.AskAsync("Who painted The Starry Night?"));
        }

        string[] wanted = ["gateway", "voicecallservice", "textservice", "audioservice", "avatarservice"];
        await Eventually.TrueAsync(() => suite.Telemetry.Spans
            .GroupBy(s => s.TraceId)
            .Any(trace => wanted.All(w => trace.Any(s => s.Service == w)) && trace.Any(s => s.Scope == "MassTransit")));
    }
}

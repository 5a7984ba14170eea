using System.Diagnostics.Metrics;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>What still comes to a call that has ended.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class EndedCallTests(TwoReplicas replicas)
{
    [Fact]
    public async Task A_call_that_ended_for_good_is_not_written_back_into_the_store()
    {
        await using var visitor = await EnterAsync();
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
        var call = Call(visitor);
        await call.StopAsync("ENDED");
        // As the socket does that broke in the same moment.
        await call.Log!.WaitsAsync(forResume: true);
        var store = replicas.First.Services.GetRequiredService<RedisStore>();
        Assert.False(await store.RunAsync(db => db.KeyExistsAsync("museum:call:" + visitor.SessionId), default));
        Assert.False(await store.RunAsync(db => db.KeyExistsAsync($"museum:call:{visitor.SessionId}:log"), default));
    }

    [Fact]
    public async Task A_question_that_comes_as_the_call_ends_is_no_defect()
    {
        await using var visitor = await EnterAsync();
        var call = Call(visitor);
        await call.StopAsync("ENDED");
        var request = JsonSerializer.SerializeToElement(new { request_id = "late", data_type = "TEXT", content = new { text = "Who painted it?" } });
        var frame = new IncomingFrame(new IncomingEnvelope { MsgType = MessageTypes.Request, Payload = request }, default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Conversation.HandleAsync(frame, default));
    }

    [Fact]
    public async Task A_microphone_that_is_heard_as_the_call_ends_opens_no_live_call()
    {
        await using var visitor = await EnterAsync();
        var call = Call(visitor);
        await call.StopAsync("ENDED");
        using var calls = new LiveCalls(replicas.First.Services.GetRequiredService<IMeterFactory>());
        await call.Conversation.HandleAsync(new IncomingFrame(null, new byte[640]), default);
        Assert.Equal(0, calls.Begun);
    }

    private OpenCall Call(ResumingVisitor visitor) => replicas.First.Services.GetRequiredService<SessionRegistry>().Find(visitor.SessionId)!;

    private async Task<ResumingVisitor> EnterAsync()
    {
        var visitor = new ResumingVisitor(replicas.Host.Tokens.Token(TokenIssuer.NewSession()));
        await visitor.ConnectAsync(replicas.First.Address());
        return visitor;
    }

    /// <summary>Counts those that begin on one replica.</summary>
    private sealed class LiveCalls : IDisposable
    {
        private readonly MeterListener listener = new();
        private int begun;

        public LiveCalls(IMeterFactory of)
        {
            listener.InstrumentPublished = (instrument, by) =>
            {
                if (instrument.Name == "museum.calls.active" && instrument.Meter.Scope == of)
                {
                    by.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref begun, change > 0 ? 1 : 0));
            listener.Start();
        }

        public int Begun => Volatile.Read(ref begun);

        public void Dispose() => listener.Dispose();
    }
}

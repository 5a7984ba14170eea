using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Options;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Security;
using Museum.TestKit;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>A real call; only the clock of its heart is the test's.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class HeartbeatTests(TwoReplicas replicas)
{
    private readonly ManualTime time = new();
    private readonly Wire wire = new();

    private int Beats => wire.Writes.Count(w => Encoding.UTF8.GetString(w).Contains("\"HEARTBEAT\"", StringComparison.Ordinal));

    [Fact]
    public async Task A_client_that_answers_none_of_two_is_closed_and_may_come_back()
    {
        await using var visitor = await EnterAsync();
        await BeatAsync(visitor, async (_, beating) =>
        {
            await BeatOnceAsync(1);
            await BeatOnceAsync(2);
            Assert.False(beating.IsCompleted);
            time.Advance(Heartbeat.Every);
            var farewell = await beating.SoonAsync();
            Assert.Equal((ErrorCodes.RequestTimeout, Parting.Broken), (farewell.Error!.Code, farewell.Parting));
        });
    }

    [Fact]
    public async Task A_client_that_gives_a_sign_of_life_stays()
    {
        await using var visitor = await EnterAsync();
        await BeatAsync(visitor, async (heartbeat, beating) =>
        {
            for (var beat = 1; beat <= 5; beat++)
            {
                await BeatOnceAsync(beat);
                heartbeat.Answered();
            }

            Assert.False(beating.IsCompleted);
        });
    }

    private async Task BeatAsync(ResumingVisitor visitor, Func<Heartbeat, Task<Farewell>, Task> check)
    {
        var services = replicas.First.Services;
        var call = services.GetRequiredService<SessionRegistry>().Find(visitor.SessionId)!;
        using var socket = WebSocket.CreateFromStream(wire, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        using var writer = new SocketWriter(socket, null, time);
        var writing = writer.RunAsync(CancellationToken.None);
        var watch = new CallWatch(call, onlyWhileOpen: true, services.GetRequiredService<IOptionsMonitor<CallLimits>>());
        var heartbeat = new Heartbeat(Outbox.Of(writer, time), call, watch, services.GetRequiredService<RevokedSessions>(), time);
        using var over = new CancellationTokenSource();
        var beating = heartbeat.RunAsync(over.Token);
        await check(heartbeat, beating);
        await over.CancelAsync();
        await ((Task)beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.Complete();
        await writing.SoonAsync();
    }

    private async Task BeatOnceAsync(int beat)
    {
        time.Advance(Heartbeat.Every);
        await Eventually.TrueAsync(() => Beats == beat);
    }

    private async Task<ResumingVisitor> EnterAsync()
    {
        var visitor = new ResumingVisitor(replicas.Host.Tokens.Token(TokenIssuer.NewSession()));
        await visitor.ConnectAsync(replicas.First.Address());
        return visitor;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>Breaks its store, so it has replicas of its own.</summary>
public sealed class StoreAwayTests : IAsyncLifetime
{
    private readonly TwoReplicas replicas = new();

    public Task InitializeAsync() => replicas.InitializeAsync();

    public Task DisposeAsync() => replicas.DisposeAsync();

    [Fact]
    public async Task Without_the_store_calls_go_on_and_with_it_resume_is_there_again()
    {
        await using var visitor = new ResumingVisitor(replicas.Host.Tokens.Token(TokenIssuer.NewSession()));
        await visitor.ConnectAsync(replicas.First.Address());
        await AskAsync(visitor);

        replicas.Store.Stop();
        await AskAsync(visitor);
        await using (var newcomer = await replicas.Host.RegisterAsync())
        {
            Assert.Null(newcomer.Welcome!["resume_token"]);
            Assert.NotEmpty((await newcomer.ReceiveAnswerAsync(await newcomer.AskAsync("Who painted it?"))).Text);
        }

        // This replica has kept the call, and nobody else can have taken it.
        visitor.Cut();
        await visitor.ConnectAsync(replicas.First.Address());
        Assert.True(visitor.Resumed);
        await AskAsync(visitor);

        await replicas.Store.StartAsync();
        await Eventually.TrueAsync(async () =>
        {
            await using var newcomer = await replicas.Host.RegisterAsync();
            return newcomer.Welcome!["resume_token"] is not null;
        });

        // It came back empty, and learns the call anew.
        await Eventually.TrueAsync(async () =>
        {
            await AskAsync(visitor);
            return await IsKnownAsync(visitor.SessionId);
        });
        await replicas.First.StoredAsync(visitor.SessionId);
        visitor.Cut();
        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.True(visitor.Resumed);
        await AskAsync(visitor);
    }

    [Fact]
    public async Task Whether_a_call_elsewhere_is_over_cannot_be_told_without_the_store_and_its_own_a_replica_ends_all_the_same()
    {
        var door = new VoiceDoor(replicas, TokenIssuer.NewSession());
        var call = await door.StartAsync();
        await using var visitor = await ProtocolClient.RegisterAsync(VoiceDoor.Socket(replicas.First, call), null, "en");
        replicas.Store.Stop();
        await Eventually.TrueAsync(() => !replicas.Second.Services.GetRequiredService<RedisStore>().IsConnected);
        using var elsewhere = await door.EndAsync(call);
        var problem = (await elsewhere.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "redis_unavailable", true), (elsewhere.StatusCode, (string?)problem["code"], (bool)problem["retryable"]!));

        using var here = await door.PostAsync("/api/voice/end", new { call_id = (string)call["call_id"]! });
        Assert.Equal(HttpStatusCode.OK, here.StatusCode);
        Assert.Equal("ENDED", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
    }

    private async Task<bool> IsKnownAsync(string session)
    {
        try
        {
            return await replicas.Second.Services.GetRequiredService<RedisStore>().RunAsync(db => db.KeyExistsAsync("museum:call:" + session), default);
        }
        catch (DependencyException)
        {
            // The other replica finds the store again in its own time.
            return false;
        }
    }

    private static async Task AskAsync(ResumingVisitor visitor)
    {
        await visitor.Client.AskAsync("Who painted it?");
        var turn = (long)(await visitor.ReceiveAsync("TURN_ENDED")).Payload["turn_id"]!;
        Assert.DoesNotContain(visitor.Frames, f => f.Type == "ERROR");
        Assert.Equal("Vincent van Gogh painted it. It hangs in New York. ", visitor.AnswerOf(turn).Text);
    }
}

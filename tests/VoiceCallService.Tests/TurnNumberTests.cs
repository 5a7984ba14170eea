using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>Turns are numbered upwards, whatever is lost: what is below a number that was given counts as over.</summary>
public sealed class TurnNumberTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly string session = TokenIssuer.NewSession();
    private WebApplication first = null!;

    public async Task InitializeAsync()
    {
        await redis.StartAsync();
        first = await StartReplicaAsync();
    }

    public async Task DisposeAsync()
    {
        await first.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task Another_replica_goes_on_where_this_one_was_although_the_store_came_back_empty()
    {
        var numbers = Numbers(first);
        foreach (var turn in new[] { 1, 2, 3 })
        {
            Assert.Equal(turn, await NextAsync(numbers));
        }

        redis.Stop();
        Assert.Equal(4, await NextAsync(numbers));
        await StoreAsync(first, CapabilityState.Away);
        await redis.StartAsync();
        await StoreAsync(first);
        Assert.Equal(5, await NextAsync(numbers));

        await using var second = await StartReplicaAsync();
        Assert.Equal(6, await NextAsync(Numbers(second)));
        Assert.Equal(7, await NextAsync(numbers));
    }

    private static TurnNumbers Numbers(WebApplication replica) => new(replica.Services.GetRequiredService<RedisStore>(), TimeProvider.System);

    private Task<long> NextAsync(TurnNumbers numbers) => numbers.NextAsync(session, CancellationToken.None).SoonAsync();

    private async Task<WebApplication> StartReplicaAsync()
    {
        // Not the tests' own folder: the appsettings.json of the service under test lies there.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath(), Args = UnwatchedFiles.Args });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
            // What is tested here is not the breaker.
            ["Resilience:redis:BreakerThroughput"] = "1000",
            ["Resilience:redis:Timeout"] = "00:00:10",
        });
        builder.AddServiceDefaults("voicecallservice");
        var app = builder.Build();
        await app.StartAsync();
        await StoreAsync(app);
        return app;
    }

    private static Task StoreAsync(WebApplication app, CapabilityState state = CapabilityState.Ok) => Eventually.TrueAsync(
        () => app.Services.GetRequiredService<Capabilities>().Snapshot().TryGetValue("store", out var store) && store.State == state);
}

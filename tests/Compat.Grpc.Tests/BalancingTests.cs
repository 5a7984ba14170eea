using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class BalancingTests : IAsyncLifetime
{
    private readonly EchoHost[] _replicas = new EchoHost[3];
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
    private ServiceProvider _services = null!;

    private Echo.EchoClient Client => _services.GetRequiredService<Echo.EchoClient>();

    public async Task InitializeAsync()
    {
        for (var i = 0; i < _replicas.Length; i++)
        {
            _replicas[i] = await Replica.StartAsync(i, FreePorts.Take(1)[0]);
            _configuration[$"services:echo:grpc:{i}"] = _replicas[i].Address;
        }

        var services = new ServiceCollection().AddSingleton<IConfiguration>(_configuration).AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        services.AddGrpcClient<Echo.EchoClient>(options => options.Address = new Uri("http://_grpc.echo"))
            .ConfigureChannel(channel => channel.ServiceConfig = new ServiceConfig
            {
                MethodConfigs =
                {
                    new MethodConfig
                    {
                        Names = { MethodName.Default },
                        RetryPolicy = new RetryPolicy
                        {
                            MaxAttempts = 4,
                            InitialBackoff = TimeSpan.FromMilliseconds(1),
                            MaxBackoff = TimeSpan.FromMilliseconds(10),
                            BackoffMultiplier = 2,
                            RetryableStatusCodes = { StatusCode.Unavailable },
                        },
                    },
                },
            });
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task Calls_go_to_all_replicas_in_turn()
    {
        var answers = await AskAsync(60);

        Assert.Equal([20, 20, 20], CountsOf(answers));
    }

    [Fact]
    public async Task Streams_are_calls_too()
    {
        var answers = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            using var call = Client.Converse();
            await call.RequestStream.WriteAsync(new EchoRequest()).SoonAsync();
            Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
            answers.Add(call.ResponseStream.Current.Index);
        }

        Assert.Equal([2, 2, 2], CountsOf(answers));
    }

    [Fact]
    public async Task A_dead_replica_costs_no_call_and_is_used_again_when_it_is_back()
    {
        await AskAsync(6);
        await _replicas[1].DisposeAsync();

        var without = await AskAsync(60);
        Assert.Equal(0, CountsOf(without)[1]);

        _replicas[1] = await Replica.StartAsync(1, port: _replicas[1].Port);
        await Eventually.TrueAsync(async () => (await AskAsync(3)).Contains(1));
    }

    [Fact]
    public async Task Streams_begin_on_a_live_replica()
    {
        await AskAsync(3);
        await _replicas[0].DisposeAsync();
        await _replicas[2].DisposeAsync();

        for (var i = 0; i < 6; i++)
        {
            using var call = Client.Converse();
            await call.RequestStream.WriteAsync(new EchoRequest()).SoonAsync();
            Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
            Assert.Equal(1, call.ResponseStream.Current.Index);
        }
    }

    [Fact]
    public async Task With_every_replica_gone_calls_are_unavailable()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        var error = await Assert.ThrowsAsync<RpcException>(() => AskAsync(1));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task A_change_of_configuration_is_followed_at_once()
    {
        await AskAsync(3);
        _configuration["services:echo:grpc:0"] = _replicas[2].Address;
        _configuration["services:echo:grpc:1"] = _replicas[2].Address;
        _configuration.Reload();

        await Eventually.TrueAsync(async () => (await AskAsync(3)).All(answer => answer == 2));
    }

    private static int[] CountsOf(IReadOnlyCollection<int> answers) => [.. Enumerable.Range(0, 3).Select(number => answers.Count(answer => answer == number))];

    private async Task<List<int>> AskAsync(int times)
    {
        var answers = new List<int>();
        for (var i = 0; i < times; i++)
        {
            answers.Add((await Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync()).Index);
        }

        return answers;
    }
}

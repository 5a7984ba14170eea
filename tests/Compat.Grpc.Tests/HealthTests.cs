using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Museum.TestKit;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Museum.GrpcTests;

public sealed class HealthTests : IAsyncLifetime
{
    private volatile bool _isWell = true;
    private EchoHost _host = null!;
    private Health.HealthClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await EchoHost.StartAsync(
            services: services =>
            {
                services.AddGrpcHealthChecks(options => options.Services.Map("museum.test.v1.Echo", check => check.Tags.Contains("echo")))
                    .AddCheck("voice", () => _isWell ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), ["voice"])
                    .AddCheck("echo", () => HealthCheckResult.Degraded(), ["echo"]);
                services.Configure<HealthCheckPublisherOptions>(options =>
                    (options.Delay, options.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            },
            map: app => app.MapGrpcHealthChecksService());
        _client = new Health.HealthClient(_host.Channel());
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_server_serves_while_its_checks_are_well()
    {
        Assert.Equal(ServingStatus.Serving, await CheckAsync(""));
        _isWell = false;
        await Eventually.TrueAsync(async () => await CheckAsync("") == ServingStatus.NotServing);

        Assert.Equal(ServingStatus.Serving, await CheckAsync("museum.test.v1.Echo"));
    }

    [Fact]
    public async Task An_unknown_service_is_not_found()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CheckAsync("nobody"));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task A_watcher_hears_of_changes()
    {
        using var watch = _client.Watch(new HealthCheckRequest());
        await HearsAsync(ServingStatus.Serving);
        _isWell = false;
        await HearsAsync(ServingStatus.NotServing);
        _isWell = true;
        await HearsAsync(ServingStatus.Serving);

        async Task HearsAsync(ServingStatus expected)
        {
            do
            {
                Assert.True(await watch.ResponseStream.MoveNext().SoonAsync());
            }
            while (watch.ResponseStream.Current.Status != expected);
        }
    }

    private async Task<ServingStatus> CheckAsync(string service) =>
        (await _client.CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.SoonAsync()).Status;
}

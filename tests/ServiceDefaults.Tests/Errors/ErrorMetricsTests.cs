using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Net.Client;
using Museum.ServiceDefaults.Errors;
using Museum.Session.V1;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Errors;

public sealed class ErrorMetricsTests : IAsyncLifetime
{
    private readonly MeterListener listener = new();
    private readonly List<string> counted = [];
    private DefaultsHost host = null!;

    public async Task InitializeAsync()
    {
        host = await DefaultsHost.StartAsync(map: app =>
        {
            app.MapGet("/bug", string () => throw new InvalidOperationException()).AllowAnonymous();
            app.MapGet("/away", string () => throw new DependencyException("redis_unavailable", "x")).AllowAnonymous();
            app.MapGrpcService<BrokenSessions>().AllowAnonymous();
        });
        var mine = host.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ErrorMetrics.MeterName && instrument.Meter.Scope == mine)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counted)
            {
                counted.Add($"{instrument.Name} {value} {tags[0].Value} {tags[1].Value}");
            }
        });
        listener.Start();
    }

    public async Task DisposeAsync()
    {
        listener.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("/bug", "errors 1 server internal_error")]
    [InlineData("/away", "errors 1 dependency redis_unavailable")]
    [InlineData("/nowhere", "errors 1 client unauthenticated")]
    public async Task A_failure_over_http_is_counted_once_by_category_and_code(string path, string expected)
    {
        using var response = await host.Client.GetAsync(path);
        Assert.Equal([expected], Counted);
    }

    [Fact]
    public async Task A_failure_over_grpc_is_counted_once_by_category_and_code()
    {
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var failure = await Assert.ThrowsAsync<RpcException>(() => new Sessions.SessionsClient(channel).RenewAsync(new RenewRequest()).ResponseAsync.SoonAsync());
        Assert.Equal("tts_busy", ErrorInfo.Of(failure).Code);
        Assert.Equal(["errors 1 resource tts_busy"], Counted);
    }

    [Fact]
    public async Task A_request_that_goes_well_is_not_counted()
    {
        using var response = await host.Client.GetAsync("/health");
        Assert.Empty(Counted);
    }

    private string[] Counted
    {
        get
        {
            lock (counted)
            {
                return [.. counted];
            }
        }
    }

    private sealed class BrokenSessions : Sessions.SessionsBase
    {
        public override Task<TokenResponse> Renew(RenewRequest request, ServerCallContext context) => throw new ResourceException("tts_busy", "x");
    }
}

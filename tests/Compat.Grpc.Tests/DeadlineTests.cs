using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class DeadlineTests(SharedEcho shared) : IClassFixture<SharedEcho>
{
    private readonly EchoHost _host = shared.Host;

    [Fact]
    public async Task A_call_ends_at_its_deadline_and_so_does_the_work_on_the_server()
    {
        await using var host = await EchoHost.StartAsync();
        for (var time = TimeSpan.FromMilliseconds(200); host.Diary.CountOf("hanging") == 0; time *= 4)
        {
            // On a busy machine the deadline may pass before the service has begun: then once more, with more time.
            var error = await Assert.ThrowsAsync<RpcException>(() => host.Client
                .OnceAsync(new EchoRequest { Hang = true }, deadline: DateTime.UtcNow + time).ResponseAsync.SoonAsync());
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        }

        await Eventually.TrueAsync(() => host.Diary.CountOf("let go") == host.Diary.CountOf("hanging"));
    }

    [Fact]
    public async Task A_deadline_that_has_passed_makes_no_call()
    {
        var before = _host.Diary.CountOf("hanging");
        var error = await Assert.ThrowsAsync<RpcException>(() => _host.Client
            .OnceAsync(new EchoRequest { Hang = true }, deadline: DateTime.UtcNow.AddSeconds(-1)).ResponseAsync.SoonAsync());

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.Equal(before, _host.Diary.CountOf("hanging"));
    }

    [Fact]
    public async Task Streams_end_at_their_deadline()
    {
        using var server = _host.Client.Repeat(new EchoRequest { Count = 2, Hang = true }, deadline: DateTime.UtcNow.AddMilliseconds(300));
        using var duplex = _host.Client.Converse(deadline: DateTime.UtcNow.AddMilliseconds(300));
        using var gather = _host.Client.Gather(deadline: DateTime.UtcNow.AddMilliseconds(300));

        var errors = new[]
        {
            await Assert.ThrowsAsync<RpcException>(() => server.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync()),
            await Assert.ThrowsAsync<RpcException>(() => duplex.ResponseStream.MoveNext().SoonAsync()),
            await Assert.ThrowsAsync<RpcException>(() => gather.ResponseAsync.SoonAsync()),
        };

        Assert.All(errors, error => Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode));
    }

    [Fact]
    public async Task The_server_answers_at_the_deadline_even_if_its_service_does_not_notice()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapGrpcService<DeafService>());
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Address}/museum.test.v1.Echo/Once")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { { "grpc-timeout", "100m" }, { "te", "trailers" } },
        };

        using var response = await http.SendAsync(request).SoonAsync();
        await response.Content.ReadAsByteArrayAsync().SoonAsync();

        var status = response.Headers.TryGetValues("grpc-status", out var inHeaders) ? inHeaders : response.TrailingHeaders.GetValues("grpc-status");
        Assert.Equal("4", status.Single());
        DeafService.Wake.TrySetResult();
    }

    [Fact]
    public async Task The_server_knows_the_deadline()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapGrpcService<ClockService>());
        var deadline = DateTime.UtcNow.AddHours(30);

        var given = await host.Client.OnceAsync(new EchoRequest(), deadline: deadline).ResponseAsync.SoonAsync();
        var none = await host.Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync();

        Assert.InRange(new DateTime(BitConverter.ToInt64(given.Payload.Span), DateTimeKind.Utc), deadline.AddMinutes(-10), deadline.AddMinutes(10));
        Assert.Equal(DateTime.MaxValue.Ticks, BitConverter.ToInt64(none.Payload.Span));
    }

    [Fact]
    public void A_deadline_in_local_time_is_refused() => Assert.Throws<InvalidOperationException>(
        () => { _host.Client.OnceAsync(new EchoRequest(), deadline: DateTime.Now.AddMinutes(1)); });

    private sealed class DeafService : Echo.EchoBase
    {
        public static TaskCompletionSource Wake { get; } = new();

        public override async Task<EchoReply> Once(EchoRequest request, ServerCallContext context)
        {
            await Wake.Task;
            return new EchoReply();
        }
    }

    private sealed class ClockService : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Payload = ByteString.CopyFrom(BitConverter.GetBytes(context.Deadline.Ticks)) });
    }
}

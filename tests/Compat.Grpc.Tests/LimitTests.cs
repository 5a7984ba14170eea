using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class LimitTests(SharedEcho shared) : IClassFixture<SharedEcho>
{
    private static readonly EchoRequest FiveMegabytes = new() { Payload = ByteString.CopyFrom(new byte[5 * 1024 * 1024]) };

    [Fact]
    public async Task Servers_take_four_mebibytes_by_default()
    {
        await ExhaustedAsync(shared.Host.Client.OnceAsync(FiveMegabytes).ResponseAsync);

        var good = await shared.Host.Client.OnceAsync(new EchoRequest { Text = "still there" }).ResponseAsync.SoonAsync();
        Assert.Equal("still there", good.Text);
    }

    [Fact]
    public async Task Clients_take_four_mebibytes_by_default()
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = null);

        await ExhaustedAsync(host.Client.OnceAsync(FiveMegabytes).ResponseAsync);
    }

    [Fact]
    public async Task Limits_can_be_raised_on_both_sides()
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxReceiveMessageSize = 8 * 1024 * 1024);
        using var channel = host.Channel(options => options.MaxReceiveMessageSize = 8 * 1024 * 1024);

        var reply = await new Echo.EchoClient(channel).OnceAsync(FiveMegabytes).ResponseAsync.SoonAsync();
        Assert.Equal(FiveMegabytes.Payload, reply.Payload);
    }

    [Fact]
    public async Task What_is_sent_can_be_limited_too()
    {
        await using var host = await EchoHost.StartAsync(options => options.MaxSendMessageSize = 1000);
        using var channel = host.Channel(options => options.MaxSendMessageSize = 2000);
        var client = new Echo.EchoClient(channel);

        await ExhaustedAsync(client.OnceAsync(Of(1500)).ResponseAsync);
        await ExhaustedAsync(client.OnceAsync(Of(2500)).ResponseAsync);
        Assert.Equal(500, (await client.OnceAsync(Of(500)).ResponseAsync.SoonAsync()).Payload.Length);
    }

    [Fact]
    public async Task A_stream_ends_at_the_message_that_is_too_big()
    {
        using var call = shared.Host.Client.Converse();
        await call.RequestStream.WriteAsync(Of(10)).SoonAsync();
        Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
        var write = call.RequestStream.WriteAsync(FiveMegabytes);

        await ExhaustedAsync(call.ResponseStream.MoveNext());
        await write.WaitAsync(Eventually.DefaultTimeout).ContinueWith(done => Assert.True(done.IsCompleted), TaskScheduler.Default);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Requests_and_responses_can_be_compressed(string encoding)
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.ResponseCompressionAlgorithm = encoding;
            options.ResponseCompressionLevel = CompressionLevel.Fastest;
        });
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        using var call = host.Client.Converse(headers);
        for (var i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync(Of(100_000)).SoonAsync();
            Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
            Assert.Equal(100_000, call.ResponseStream.Current.Payload.Length);
        }

        Assert.Equal(100_000, (await host.Client.OnceAsync(Of(100_000), headers).ResponseAsync.SoonAsync()).Payload.Length);
    }

    [Fact]
    public async Task A_small_message_that_unpacks_to_a_big_one_is_refused()
    {
        await ExhaustedAsync(shared.Host.Client
            .OnceAsync(FiveMegabytes, new Metadata { { "grpc-internal-encoding-request", "gzip" } }).ResponseAsync);
    }

    private static EchoRequest Of(int bytes) => new() { Payload = ByteString.CopyFrom(new byte[bytes]) };

    private static async Task ExhaustedAsync(Task call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => call.SoonAsync());
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }
}

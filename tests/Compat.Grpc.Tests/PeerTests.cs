using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.GrpcTests;

/// <summary>Against @grpc/grpc-js and python3-grpcio, both ways.</summary>
public sealed class PeerTests
{
    public static TheoryData<string> Peers => ["node", "python"];

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Foreign_clients_find_everything_in_order_at_our_server(string peer)
    {
        await using var host = await EchoHost.StartAsync(
            options => options.ResponseCompressionAlgorithm = "gzip", map: app => app.MapGrpcService<MirroringEcho>());
        await using var process = await PeerProcess.StartAsync(peer, "call", $"127.0.0.1:{host.Port}");

        var lines = await process.FinishAsync();

        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.True(lines.Count >= 13, $"{lines.Count} checks ran");
        Assert.InRange(host.Diary.CountOf("hanging"), 1, 2);
        await Eventually.TrueAsync(() => host.Diary.CountOf("let go") == host.Diary.CountOf("hanging"));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Our_client_makes_all_kinds_of_calls_at_foreign_servers(string peer)
    {
        await using var process = await PeerProcess.StartAsync(peer, "serve");
        using var channel = GrpcChannel.ForAddress(await process.AddressAsync());
        var client = new Echo.EchoClient(channel);

        Assert.Equal("星月夜", (await client.OnceAsync(new EchoRequest { Text = "星月夜" }).ResponseAsync.SoonAsync()).Text);
        using var gather = client.Gather();
        foreach (var text in new[] { "a", "b", "c" })
        {
            await gather.RequestStream.WriteAsync(new EchoRequest { Text = text }).SoonAsync();
        }

        await gather.RequestStream.CompleteAsync();
        Assert.Equal("a+b+c", (await gather.ResponseAsync.SoonAsync()).Text);
        using var repeat = client.Repeat(new EchoRequest { Count = 300 });
        Assert.Equal(
            Enumerable.Range(0, 300),
            await repeat.ResponseStream.ReadAllAsync().Select(reply => reply.Index).ToListAsync().AsTask().SoonAsync());
        using var converse = client.Converse();
        for (var i = 0; i < 50; i++)
        {
            await converse.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" }).SoonAsync();
            Assert.True(await converse.ResponseStream.MoveNext().SoonAsync());
            Assert.Equal($"{i}", converse.ResponseStream.Current.Text);
        }

        await converse.RequestStream.CompleteAsync();
        Assert.False(await converse.ResponseStream.MoveNext().SoonAsync());
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Our_client_understands_foreign_metadata_errors_and_sizes(string peer)
    {
        await using var process = await PeerProcess.StartAsync(peer, "serve");
        using var channel = GrpcChannel.ForAddress(await process.AddressAsync());
        var client = new Echo.EchoClient(channel);
        byte[] bytes = [0, 255, 1];
        var headers = new Metadata { { "x-text", "hello" }, { "x-bytes-bin", bytes } };

        using var call = client.OnceAsync(new EchoRequest { Text = "mirror" }, headers);
        await call.ResponseAsync.SoonAsync();
        foreach (var back in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            Assert.Equal("hello", back.GetValue("x-text"));
            Assert.Equal(bytes, back.GetValueBytes("x-bytes-bin"));
        }

        var error = await FailsAsync(client.OnceAsync(new EchoRequest { FailWith = 5, Text = "nicht da: 星 %" }, headers).ResponseAsync);
        Assert.Equal((StatusCode.NotFound, "nicht da: 星 %"), (error.StatusCode, error.Status.Detail));
        Assert.Equal(bytes, error.Trailers.GetValueBytes("x-bytes-bin"));
        using var lost = client.Repeat(new EchoRequest { Count = 3, FailWith = 15, Text = "lost" });
        var received = 0;
        error = await FailsAsync(Task.Run(async () =>
        {
            await foreach (var _ in lost.ResponseStream.ReadAllAsync())
            {
                received++;
            }
        }));
        Assert.Equal((3, StatusCode.DataLoss), (received, error.StatusCode));

        var big = new EchoRequest { Payload = ByteString.CopyFrom(new byte[3 * 1024 * 1024]) };
        Assert.Equal(big.Payload, (await client.OnceAsync(big).ResponseAsync.SoonAsync()).Payload);
        var zipped = await client.OnceAsync(big, new Metadata { { "grpc-internal-encoding-request", "gzip" } }).ResponseAsync.SoonAsync();
        Assert.Equal(big.Payload, zipped.Payload);
        var unknown = new Method<string, string>(
            MethodType.Unary, "museum.test.v1.Echo", "Nothing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        error = await FailsAsync(channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, default, "?").ResponseAsync);
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Foreign_servers_notice_our_deadlines_and_cancellations(string peer)
    {
        await using var process = await PeerProcess.StartAsync(peer, "serve");
        using var channel = GrpcChannel.ForAddress(await process.AddressAsync());
        var client = new Echo.EchoClient(channel);
        await RunIntoDeadlineAsync(TimeSpan.FromMilliseconds(300));
        using var stream = client.Repeat(new EchoRequest { Count = 1, Hang = true });
        Assert.True(await stream.ResponseStream.MoveNext().SoonAsync());
        stream.Dispose();

        await Eventually.TrueAsync(async () => (await client.OnceAsync(new EchoRequest { Text = "cancellations" })).Index >= 2);

        async Task RunIntoDeadlineAsync(TimeSpan time)
        {
            using var late = client.Repeat(new EchoRequest { Count = 1, Hang = true }, deadline: DateTime.UtcNow + time);
            var messages = 0;
            var error = await FailsAsync(Task.Run(async () =>
            {
                while (await late.ResponseStream.MoveNext())
                {
                    messages++;
                }
            }));
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
            if (messages == 0)
            {
                // On a busy machine the deadline passed before the peer got to the call.
                await RunIntoDeadlineAsync(time * 4);
            }
        }
    }

    private static Task<RpcException> FailsAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call.SoonAsync());

    private sealed class MirroringEcho(Diary diary) : EchoService(diary)
    {
        public override async Task<EchoReply> Once(EchoRequest request, ServerCallContext context)
        {
            var headers = new Metadata();
            foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
            {
                headers.Add(entry);
                context.ResponseTrailers.Add(entry);
            }

            var reply = await base.Once(request, context);
            await context.WriteResponseHeadersAsync(headers);
            return reply;
        }
    }
}

using Google.Protobuf;
using Grpc.Core;
using Museum.TestKit;

namespace Museum.GrpcTests;

/// <summary>Buffers are pooled on both sides: under a mix of finished, cancelled and late calls no message may show another's bytes.</summary>
public sealed class MixedLoadTests(SharedEcho shared) : IClassFixture<SharedEcho>
{
    [Fact]
    public async Task Every_reply_belongs_to_its_request()
    {
        var client = shared.Host.Client;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForAsync(0, 1500, options, async (seed, ct) =>
        {
            var random = new Random(seed);
            var request = Request(random);
            using var cancel = new CancellationTokenSource();
            try
            {
                switch (random.Next(4))
                {
                    case 0:
                        Check(request, await client.OnceAsync(request, cancellationToken: ct).ResponseAsync.SoonAsync());
                        break;
                    case 1:
                        var call = client.OnceAsync(request, cancellationToken: cancel.Token);
                        if (random.Next(2) == 0)
                        {
                            await Task.Yield();
                        }

                        await cancel.CancelAsync();
                        Check(request, await call.ResponseAsync.SoonAsync());
                        break;
                    case 2:
                        using (var stream = client.Repeat(request, deadline: DateTime.UtcNow.AddMilliseconds(random.Next(1, 20)), cancellationToken: ct))
                        {
                            while (await stream.ResponseStream.MoveNext(ct).SoonAsync())
                            {
                                Check(request, stream.ResponseStream.Current);
                            }
                        }

                        break;
                    default:
                        using (var duplex = client.Converse(cancellationToken: ct))
                        {
                            for (var i = random.Next(1, 5); i > 0; i--)
                            {
                                var next = Request(random);
                                await duplex.RequestStream.WriteAsync(next, ct).SoonAsync();
                                Assert.True(await duplex.ResponseStream.MoveNext(ct).SoonAsync());
                                Check(next, duplex.ResponseStream.Current);
                            }
                        }

                        break;
                }
            }
            catch (RpcException expected) when (expected.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
            {
                // Cancelled or late on purpose; which of the two sides saw it first does not matter.
            }
        });
    }

    private static EchoRequest Request(Random random)
    {
        var payload = new byte[random.Next(3) switch { 0 => random.Next(50), 1 => random.Next(5_000), _ => random.Next(60_000) }];
        random.NextBytes(payload);
        return new EchoRequest { Text = $"{random.Next()}", Payload = ByteString.CopyFrom(payload), Count = random.Next(30) };
    }

    private static void Check(EchoRequest request, EchoReply reply)
    {
        Assert.Equal(request.Text, reply.Text);
        Assert.True(request.Payload.Span.SequenceEqual(reply.Payload.Span));
    }
}

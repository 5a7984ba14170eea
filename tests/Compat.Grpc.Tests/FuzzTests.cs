using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.GrpcTests;

/// <summary>10,000 damaged messages and frames: the server answers each in the terms of its protocol and goes on serving.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private static readonly string[] Methods = ["Once", "Gather", "Repeat", "Converse", "Nothing"];
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();
    private EchoHost _host = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(map: app => app.MapGrpcService<PatientService>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Damaged_messages_get_a_status_or_a_reset()
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { EnableMultipleHttp2Connections = true });
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        var answers = new ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, 7000, options, async (seed, ct) =>
        {
            var random = new Random(seed);
            using var request = Damaged(random);
            try
            {
                using var response = await http.SendAsync(request, ct).SoonAsync();
                await response.Content.ReadAsByteArrayAsync(ct).SoonAsync();
                var status = response.Headers.TryGetValues("grpc-status", out var inHeaders) ? inHeaders.Single()
                    : response.TrailingHeaders.TryGetValues("grpc-status", out var inTrailers) ? inTrailers.Single()
                    : null;

                Assert.True(
                    (int)response.StatusCode is >= 400 and < 500 || (uint.TryParse(status, out var code) && code <= 16),
                    $"Seed {seed}: HTTP {(int)response.StatusCode}, grpc-status {status}");
                answers.AddOrUpdate(status ?? "none", 1, (_, count) => count + 1);
            }
            catch (Exception reset) when (reset is HttpRequestException or HttpIOException)
            {
                // A reset stream is a proper end too.
            }
        });

        Assert.True(answers.Values.Sum() > 6000, $"Only {answers.Values.Sum()} were answered.");
        Assert.Superset(new HashSet<string> { "0", "8", "12", "13" }, answers.Keys.ToHashSet());
        await GoodCallAsync();
    }

    [Fact]
    public async Task Damaged_frames_end_at_most_their_connection()
    {
        var random = new Random(2_000_000);
        for (var sent = 0; sent < 3000;)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _host.Port);
            var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(Preface);
                await stream.WriteAsync(Frame(4, 0, 0, []));
                for (var i = 0; i < 12; i++, sent++)
                {
                    await stream.WriteAsync(RandomFrame(random));
                }

                client.Client.Shutdown(SocketShutdown.Send);
                await stream.CopyToAsync(Stream.Null).SoonAsync();
            }
            catch (IOException)
            {
                // The server has closed a connection that made no sense.
            }
        }

        await GoodCallAsync();
    }

    private static byte[] RandomFrame(Random random)
    {
        var payload = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(16), 2 => random.Next(200), _ => random.Next(20_000) }];
        random.NextBytes(payload);
        return Frame((byte)random.Next(12), (byte)random.Next(256), random.Next(5) == 0 ? random.Next() : random.Next(8), payload);
    }

    private static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return frame;
    }

    private static byte[] Damage(Random random, byte[] body)
    {
        for (var times = random.Next(3); times >= 0; times--)
        {
            switch (random.Next(7))
            {
                case 0 when body.Length > 0:
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                    break;
                case 1:
                    body = body[..random.Next(body.Length + 1)];
                    break;
                case 2 when body.Length > 5:
                    BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), random.Next(int.MinValue, int.MaxValue));
                    break;
                case 3 when body.Length > 5:
                    body[0] = (byte)random.Next(4);
                    break;
                case 4:
                    body = [.. body, .. body];
                    break;
                case 5:
                    body = new byte[random.Next(300)];
                    random.NextBytes(body);
                    break;
            }
        }

        return body;
    }

    private HttpRequestMessage Damaged(Random random)
    {
        var message = new EchoRequest { Text = new string('x', random.Next(100)), Count = random.Next(5) }.ToByteArray();
        byte[] prefix = [0, 0, 0, 0, (byte)message.Length];
        var content = new ByteArrayContent(Damage(random, [.. prefix, .. message]));
        content.Headers.ContentType = random.Next(20) == 0 ? null : MediaTypeHeaderValue.Parse(random.Next(20) == 0 ? "text/plain" : "application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, $"{_host.Address}/museum.test.v1.Echo/{Methods[random.Next(Methods.Length)]}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        string[] garbage = ["", "1", "S", "-5S", "99999999H", "123456789m", "gzip", "identity", "snappy", "5u", "%%%", "AAAA", "!=", "0n", "7x"];
        foreach (var name in new[] { "grpc-timeout", "grpc-encoding", "grpc-accept-encoding", "x-odd-bin", "te" })
        {
            if (random.Next(4) == 0)
            {
                request.Headers.TryAddWithoutValidation(name, garbage[random.Next(garbage.Length)]);
            }
        }

        return request;
    }

    private async Task GoodCallAsync()
    {
        var reply = await _host.Client.OnceAsync(new EchoRequest { Text = "still here" }).ResponseAsync.SoonAsync();
        Assert.Equal("still here", reply.Text);
    }

    /// <summary>Reads all metadata and never does what a damaged message asks for.</summary>
    private sealed class PatientService : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) =>
            Task.FromResult(new EchoReply { Text = request.Text, Index = context.RequestHeaders.Count });

        public override async Task<EchoReply> Gather(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context) =>
            new() { Index = await requestStream.ReadAllAsync(context.CancellationToken).CountAsync() };

        public override Task Repeat(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context) =>
            responseStream.WriteAsync(new EchoReply { Text = request.Text });

        public override async Task Converse(
            IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(new EchoReply { Text = request.Text });
            }
        }
    }
}

using Google.Protobuf;
using Grpc.Core;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class CallKindTests(SharedEcho shared) : IClassFixture<SharedEcho>
{
    private readonly Echo.EchoClient _client = shared.Host.Client;

    [Fact]
    public async Task A_unary_call_returns_its_reply()
    {
        var reply = await _client.OnceAsync(new EchoRequest { Text = "星月夜" }).ResponseAsync.SoonAsync();

        Assert.Equal("星月夜", reply.Text);
    }

    [Fact]
    public void A_blocking_call_returns_its_reply() => Assert.Equal("now", _client.Once(new EchoRequest { Text = "now" }).Text);

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        var reply = await _client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync();

        Assert.Equal(new EchoReply(), reply);
    }

    [Fact]
    public async Task A_client_stream_is_gathered()
    {
        using var call = _client.Gather();
        foreach (var text in new[] { "a", "b", "c" })
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("a+b+c", (await call.ResponseAsync.SoonAsync()).Text);
    }

    [Fact]
    public async Task A_client_stream_may_be_empty()
    {
        using var call = _client.Gather();
        await call.RequestStream.CompleteAsync();

        Assert.Equal(0, (await call.ResponseAsync.SoonAsync()).Index);
    }

    [Fact]
    public async Task A_server_stream_keeps_its_order()
    {
        using var call = _client.Repeat(new EchoRequest { Text = "x", Count = 2000 });
        var indexes = await call.ResponseStream.ReadAllAsync().Select(reply => reply.Index).ToListAsync().AsTask().SoonAsync();

        Assert.Equal(Enumerable.Range(0, 2000), indexes);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task A_server_stream_may_be_empty()
    {
        using var call = _client.Repeat(new EchoRequest());

        Assert.False(await call.ResponseStream.MoveNext().SoonAsync());
        Assert.False(await call.ResponseStream.MoveNext().SoonAsync());
    }

    [Fact]
    public async Task A_duplex_call_answers_each_message_before_the_next_is_sent()
    {
        using var call = _client.Converse();
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"message {i}" }).SoonAsync();

            Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
            Assert.Equal($"message {i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().SoonAsync());
    }

    [Fact]
    public async Task Three_megabytes_go_both_ways_in_every_kind_of_call()
    {
        var payload = new byte[3 * 1024 * 1024];
        new Random(3).NextBytes(payload);
        var request = new EchoRequest { Payload = ByteString.CopyFrom(payload), Count = 2 };

        Assert.Equal(request.Payload, (await _client.OnceAsync(request).ResponseAsync.SoonAsync()).Payload);
        using var repeat = _client.Repeat(request);
        Assert.All(await repeat.ResponseStream.ReadAllAsync().ToListAsync().AsTask().SoonAsync(), reply => Assert.Equal(request.Payload, reply.Payload));
        using var converse = _client.Converse();
        for (var i = 0; i < 3; i++)
        {
            await converse.RequestStream.WriteAsync(request).SoonAsync();
            Assert.True(await converse.ResponseStream.MoveNext().SoonAsync());
            Assert.Equal(request.Payload, converse.ResponseStream.Current.Payload);
        }
    }

    [Fact]
    public async Task Buffered_writes_arrive_with_the_next_flush()
    {
        using var call = _client.Converse();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "first" });
        call.RequestStream.WriteOptions = WriteOptions.Default;
        await call.RequestStream.WriteAsync(new EchoRequest { Text = "second" });
        await call.RequestStream.CompleteAsync();

        var texts = await call.ResponseStream.ReadAllAsync().Select(reply => reply.Text).ToListAsync().AsTask().SoonAsync();
        Assert.Equal(["first", "second"], texts);
    }

    [Fact]
    public async Task Five_hundred_calls_at_once_all_come_back()
    {
        var calls = Enumerable.Range(0, 500).Select(i => _client.OnceAsync(new EchoRequest { Text = $"{i}" }).ResponseAsync);
        var replies = await Task.WhenAll(calls).SoonAsync();

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task Two_writes_at_once_are_refused()
    {
        using var call = _client.Converse();
        var big = new EchoRequest { Payload = ByteString.CopyFrom(new byte[3 * 1024 * 1024]) };
        var first = call.RequestStream.WriteAsync(big);

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(big));
        await first.SoonAsync();
    }

    [Fact]
    public async Task Nothing_can_be_written_after_completion()
    {
        using var call = _client.Gather();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
    }
}

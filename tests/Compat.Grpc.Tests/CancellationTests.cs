using Grpc.Core;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class CancellationTests : IAsyncLifetime
{
    private EchoHost _host = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Cancelling_a_unary_call_cancels_the_work_on_the_server()
    {
        using var cancel = new CancellationTokenSource();
        var call = _host.Client.OnceAsync(new EchoRequest { Hang = true }, cancellationToken: cancel.Token);
        await HangingAsync();
        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        await LetGoAsync();
    }

    [Fact]
    public async Task Disposing_a_stream_cancels_the_work_on_the_server()
    {
        using (var call = _host.Client.Repeat(new EchoRequest { Count = 1, Hang = true }))
        {
            Assert.True(await call.ResponseStream.MoveNext().SoonAsync());
            await HangingAsync();
        }

        await LetGoAsync();
    }

    [Fact]
    public async Task Cancelling_a_read_cancels_the_call()
    {
        using var cancel = new CancellationTokenSource();
        using var call = _host.Client.Converse();
        await call.RequestStream.WriteAsync(new EchoRequest { Hang = true }).SoonAsync();
        var read = call.ResponseStream.MoveNext(cancel.Token);
        await HangingAsync();
        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => read.SoonAsync());
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await LetGoAsync();
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_makes_no_call()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _host.Client.OnceAsync(new EchoRequest { Hang = true }, cancellationToken: new CancellationToken(canceled: true)).ResponseAsync.SoonAsync());

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Equal(0, _host.Diary.CountOf("hanging"));
    }

    [Fact]
    public async Task A_channel_may_throw_cancellation_as_such()
    {
        using var cancel = new CancellationTokenSource();
        using var channel = _host.Channel(options => options.ThrowOperationCanceledOnCancellation = true);
        var call = new Echo.EchoClient(channel).OnceAsync(new EchoRequest { Hang = true }, cancellationToken: cancel.Token);
        await HangingAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.ResponseAsync.SoonAsync());
        await LetGoAsync();
    }

    [Fact]
    public async Task Calls_end_when_their_channel_is_disposed()
    {
        var channel = _host.Channel();
        var call = new Echo.EchoClient(channel).OnceAsync(new EchoRequest { Hang = true });
        await HangingAsync();
        channel.Dispose();

        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());
        await LetGoAsync();
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_calls_it_has()
    {
        using var call = _host.Client.Converse();
        await call.RequestStream.WriteAsync(new EchoRequest { Hang = true }).SoonAsync();
        await HangingAsync();
        await _host.StopAsync();

        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().SoonAsync());
    }

    [Fact]
    public async Task Other_calls_of_the_connection_go_on()
    {
        using var stream = _host.Client.Converse();
        for (var i = 0; i < 20; i++)
        {
            using var cancelled = _host.Client.Repeat(new EchoRequest { Count = 1000 });
            Assert.True(await cancelled.ResponseStream.MoveNext().SoonAsync());
            cancelled.Dispose();
            await stream.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" }).SoonAsync();
            Assert.True(await stream.ResponseStream.MoveNext().SoonAsync());
        }

        Assert.Equal("19", stream.ResponseStream.Current.Text);
    }

    private Task HangingAsync() => Eventually.TrueAsync(() => _host.Diary.CountOf("hanging") == 1);

    private Task LetGoAsync() => Eventually.TrueAsync(() => _host.Diary.CountOf("let go") == 1);
}

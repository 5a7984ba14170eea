using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class MetadataTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = [0, 1, 2, 254, 255];
    private EchoHost _host = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(map: app => app.MapGrpcService<MirrorService>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Headers_and_trailers_go_there_and_back_as_text_and_as_bytes()
    {
        var headers = new Metadata { { "X-Text", "hello" }, { "x-bytes-bin", Bytes } };
        using var call = _host.Client.OnceAsync(new EchoRequest { Text = "ok" }, headers);

        foreach (var mirrored in new[] { await call.ResponseHeadersAsync.SoonAsync(), await TrailersAsync() })
        {
            Assert.Equal("hello", mirrored.GetValue("x-text"));
            Assert.Equal(Bytes, mirrored.GetValueBytes("x-bytes-bin"));
        }

        async Task<Metadata> TrailersAsync()
        {
            await call.ResponseAsync.SoonAsync();
            return call.GetTrailers();
        }
    }

    [Fact]
    public async Task Headers_of_the_protocol_are_not_metadata()
    {
        using var call = _host.Client.OnceAsync(new EchoRequest { Text = "ok" }, deadline: DateTime.UtcNow.AddMinutes(1));
        var headers = await call.ResponseHeadersAsync.SoonAsync();
        await call.ResponseAsync.SoonAsync();

        foreach (var name in new[] { "content-type", "te", "grpc-timeout", "grpc-accept-encoding", "grpc-status" })
        {
            Assert.Null(headers.Get(name));
            Assert.Null(call.GetTrailers().Get(name));
        }
    }

    [Theory]
    [InlineData("first")]
    [InlineData("")]
    public async Task An_error_brings_the_trailers_of_its_exception_and_of_the_context(string message)
    {
        using var call = _host.Client.OnceAsync(new EchoRequest { FailWith = (int)StatusCode.Aborted, Text = message }, new Metadata { { "x-text", "hi" } });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());

        Assert.Equal("hi", error.Trailers.GetValue("x-text"));
        Assert.Equal(Bytes, error.Trailers.GetValueBytes("reason-bin"));
        Assert.Equal(StatusCode.Aborted, call.GetStatus().StatusCode);
        Assert.Equal("hi", call.GetTrailers().GetValue("x-text"));
    }

    [Fact]
    public async Task The_status_of_the_context_may_be_an_error_without_an_exception()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _host.Client.OnceAsync(new EchoRequest { Text = "set status" }).ResponseAsync.SoonAsync());

        Assert.Equal((StatusCode.OutOfRange, "set"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task The_context_knows_the_call()
    {
        var reply = await _host.Client.OnceAsync(new EchoRequest { Text = "who?" }).ResponseAsync.SoonAsync();

        Assert.Matches(@"^/museum\.test\.v1\.Echo/Once 127\.0\.0\.1:\d+ ipv4:127\.0\.0\.1:\d+ HTTP/2 state$", reply.Text);
    }

    [Fact]
    public async Task Response_headers_come_before_the_first_message_if_the_service_says_so()
    {
        using var call = _host.Client.Converse(new Metadata { { "x-text", "early" } });

        Assert.Equal("early", (await call.ResponseHeadersAsync.SoonAsync()).GetValue("x-text"));
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public void Keys_are_lower_case_and_checked()
    {
        Assert.Equal("x-a", new Metadata { { "X-A", "1" } }[0].Key);
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("käse", "1"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x", Bytes));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("x", "1"));
    }

    /// <summary>Returns the caller's metadata as headers and as trailers.</summary>
    private sealed class MirrorService : Echo.EchoBase
    {
        public override async Task<EchoReply> Once(EchoRequest request, ServerCallContext context)
        {
            Mirror(context, context.ResponseTrailers);
            if (request.FailWith != 0)
            {
                if (request.Text.Length > 0)
                {
                    await context.WriteResponseHeadersAsync([]);
                }

                throw new RpcException(new Status((StatusCode)request.FailWith, request.Text), new Metadata { { "reason-bin", Bytes } });
            }

            var headers = new Metadata();
            Mirror(context, headers);
            await context.WriteResponseHeadersAsync(headers);
            if (request.Text == "set status")
            {
                context.Status = new Status(StatusCode.OutOfRange, "set");
            }

            context.UserState["key"] = "state";
            return new EchoReply
            {
                Text = $"{context.Method} {context.Host} {context.Peer} {context.GetHttpContext().Request.Protocol} {context.UserState["key"]}",
            };
        }

        public override async Task Converse(
            IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            var headers = new Metadata();
            Mirror(context, headers);
            await context.WriteResponseHeadersAsync(headers);
            await requestStream.MoveNext(context.CancellationToken);
        }

        private static void Mirror(ServerCallContext context, Metadata target)
        {
            foreach (var entry in context.RequestHeaders.Where(entry => entry.Key != "user-agent" && entry.Key != "traceparent"))
            {
                target.Add(entry);
            }
        }
    }
}

using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class StatusTests(SharedEcho shared) : IClassFixture<SharedEcho>
{
    private readonly Echo.EchoClient _client = shared.Host.Client;

    [Theory]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.Aborted)]
    public async Task The_status_that_a_service_throws_arrives_with_its_detail(StatusCode code)
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _client.OnceAsync(new EchoRequest { FailWith = (int)code, Text = "100 % 星月夜\nsecond line" }).ResponseAsync.SoonAsync());

        Assert.Equal(code, error.StatusCode);
        Assert.Equal("100 % 星月夜\nsecond line", error.Status.Detail);
    }

    [Fact]
    public async Task A_failing_stream_delivers_its_messages_first()
    {
        using var call = _client.Repeat(new EchoRequest { Count = 3, FailWith = (int)StatusCode.DataLoss });
        var received = 0;
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext().SoonAsync())
            {
                received++;
            }
        });

        Assert.Equal((3, StatusCode.DataLoss), (received, error.StatusCode));
        Assert.Equal(StatusCode.DataLoss, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_server_that_fails_early_ends_a_duplex_call_for_reader_and_writer()
    {
        using var call = _client.Converse();
        // It may be so early that this write learns it.
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(new EchoRequest { FailWith = (int)StatusCode.ResourceExhausted }).SoonAsync());

        var read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().SoonAsync());
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()).SoonAsync());

        Assert.Equal(StatusCode.ResourceExhausted, read.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, write.StatusCode);
    }

    [Fact]
    public async Task A_server_that_fails_early_ends_a_client_stream()
    {
        using var call = _client.Gather();
        await Record.ExceptionAsync(() => call.RequestStream.WriteAsync(new EchoRequest { FailWith = (int)StatusCode.InvalidArgument }).SoonAsync());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task Status_and_trailers_are_unknown_while_the_call_runs()
    {
        using var call = _client.Converse();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
        await call.RequestStream.CompleteAsync();
    }

    [Fact]
    public async Task An_unexpected_exception_tells_the_caller_nothing()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapGrpcService<BrokenService>());

        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync());

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detailed_errors_tell_the_caller_what_happened()
    {
        await using var host = await EchoHost.StartAsync(o => o.EnableDetailedErrors = true, map: app => app.MapGrpcService<BrokenService>());

        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync());

        Assert.Contains("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_the_service_does_not_override_is_unimplemented()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapGrpcService<BrokenService>());
        using var call = host.Client.Repeat(new EchoRequest());

        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().SoonAsync());
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Theory]
    [InlineData("museum.test.v1.Echo", "Nothing")]
    [InlineData("museum.test.v1.Nobody", "Once")]
    public async Task An_unknown_method_or_service_is_unimplemented(string service, string method)
    {
        using var channel = shared.Host.Channel();
        var unknown = new Method<string, string>(MethodType.Unary, service, method, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => channel.CreateCallInvoker().AsyncUnaryCall(unknown, null, default, "?").ResponseAsync.SoonAsync());
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{FreePorts.Take(1)[0]}");

        var error = await Assert.ThrowsAsync<RpcException>(
            () => new Echo.EchoClient(channel).OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync());
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, StatusCode.Unauthenticated)]
    [InlineData(HttpStatusCode.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(HttpStatusCode.ServiceUnavailable, StatusCode.Unavailable)]
    [InlineData(HttpStatusCode.NotFound, StatusCode.Unimplemented)]
    public async Task An_answer_of_plain_http_becomes_a_status(HttpStatusCode http, StatusCode code)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.Run(context =>
        {
            context.Response.StatusCode = (int)http;
            return Task.CompletedTask;
        }));

        var error = await Assert.ThrowsAsync<RpcException>(() => host.Client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync());
        Assert.Equal(code, error.StatusCode);
    }

    [Fact]
    public async Task A_request_of_another_content_type_is_refused_in_http()
    {
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var response = await http.PostAsync($"{shared.Host.Address}/museum.test.v1.Echo/Once", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private sealed class BrokenService : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) => throw new FormatException("the secret of the house");
    }
}

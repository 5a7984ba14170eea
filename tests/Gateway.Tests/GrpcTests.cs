using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Museum.Session.V1;
using Museum.TestKit;
using Museum.Text.V1;

namespace Museum.Gateway.Tests;

public sealed class GrpcTests
{
    [Fact]
    public async Task A_conversation_passes_both_ways_with_headers_trailers_and_status()
    {
        await using var gateway = await StartAsync();
        using var channel = gateway.Channel();
        using var call = new Guide.GuideClient(channel).Converse(Bearer(gateway.Issuer.Token()), deadline: DateTime.UtcNow + Eventually.DefaultTimeout);

        await call.RequestStream.WriteAsync(new ConverseRequest { Start = new ConverseStart { Text = "a" } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("a!", call.ResponseStream.Current.Delta.Text);
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = new ConverseStart { Text = "b" } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("b!", call.ResponseStream.Current.Delta.Text);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal("replica-1", (await call.ResponseHeadersAsync).GetValue("served-by"));
        Assert.Equal("2", call.GetTrailers().GetValue("messages"));
    }

    [Fact]
    public async Task A_service_s_status_passes_with_its_detail()
    {
        await using var gateway = await StartAsync();
        using var channel = gateway.Channel();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Guide.GuideClient(channel).RetrieveAsync(
            new RetrieveRequest(), Bearer(gateway.Issuer.Token()), DateTime.UtcNow + Eventually.DefaultTimeout));

        Assert.Equal((StatusCode.InvalidArgument, "no query"), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Without_a_token_a_call_is_unauthenticated()
    {
        await using var gateway = await StartAsync();
        using var channel = gateway.Channel();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Guide.GuideClient(channel).RetrieveAsync(new RetrieveRequest { Query = "x" }));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task The_house_s_own_services_are_not_there()
    {
        await using var gateway = await StartAsync();
        using var channel = gateway.Channel();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Museum.Session.V1.Sessions.SessionsClient(channel).RenewAsync(
            new RenewRequest(), Bearer(gateway.Issuer.Token())));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task With_the_service_away_a_call_is_unavailable()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(settings: new Dictionary<string, string> { ["Services:textservice:grpc:0"] = "http://127.0.0.1:9" });
        using var channel = gateway.Channel();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Guide.GuideClient(channel).RetrieveAsync(
            new RetrieveRequest { Query = "x" }, Bearer(gateway.Issuer.Token())));

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains("textservice", refused.Status.Detail, StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync([new("textservice", app => app.MapGrpcService<EchoingGuide>())]);

    private static Metadata Bearer(string token) => new() { { "authorization", "Bearer " + token } };

    private sealed class EchoingGuide : Guide.GuideBase
    {
        public override async Task Converse(IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseResponse> responseStream, ServerCallContext context)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "served-by", "replica-1" } });
            var messages = 0;
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                messages++;
                await responseStream.WriteAsync(new ConverseResponse { Delta = new TextDelta { Text = requestStream.Current.Start.Text + "!" } });
            }

            context.ResponseTrailers.Add("messages", messages.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        public override Task<RetrieveResponse> Retrieve(RetrieveRequest request, ServerCallContext context) => request.Query.Length == 0
            ? throw new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, "no query"))
            : Task.FromResult(new RetrieveResponse());
    }
}

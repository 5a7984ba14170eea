using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Museum.TestKit;

namespace Museum.GrpcTests;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Server_interceptors_wrap_every_kind_of_call_in_order()
    {
        await using var host = await EchoHost.StartAsync(options =>
        {
            options.Interceptors.Add<Signing>("outer");
            options.Interceptors.Add<Signing>("inner");
        });

        Assert.Equal("hi>inner>outer", (await host.Client.OnceAsync(new EchoRequest { Text = "hi" }).ResponseAsync.SoonAsync()).Text);
        using var gather = host.Client.Gather();
        await gather.RequestStream.WriteAsync(new EchoRequest { Text = "g" });
        await gather.RequestStream.CompleteAsync();
        Assert.Equal("g>inner>outer", (await gather.ResponseAsync.SoonAsync()).Text);
        using var repeat = host.Client.Repeat(new EchoRequest { Count = 1 });
        Assert.True(await repeat.ResponseStream.MoveNext().SoonAsync());
        using var converse = host.Client.Converse();
        await converse.RequestStream.CompleteAsync();
        Assert.False(await converse.ResponseStream.MoveNext().SoonAsync());
        Assert.False(await repeat.ResponseStream.MoveNext().SoonAsync());
        Assert.Equal(
            ["outer", "inner"],
            repeat.GetTrailers().GetAll("signed").Select(entry => entry.Value));
        Assert.Equal(["outer", "inner"], converse.GetTrailers().GetAll("signed").Select(entry => entry.Value));
    }

    [Fact]
    public async Task An_interceptor_from_the_container_maps_exceptions_to_statuses()
    {
        await using var host = await EchoHost.StartAsync(
            options => options.Interceptors.Add<Mapping>(),
            services => services.AddSingleton<Mapping>());

        var error = await Assert.ThrowsAsync<RpcException>(
            () => host.Client.OnceAsync(new EchoRequest { FailWith = (int)StatusCode.NotFound }).ResponseAsync.SoonAsync());
        Assert.Equal((StatusCode.FailedPrecondition, "mapped"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task Client_interceptors_wrap_every_kind_of_call_in_order()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Channel();
        var seen = new List<string>();
        var client = new Echo.EchoClient(channel.Intercept(new Recording("outer", seen), new Recording("inner", seen)));

        await client.OnceAsync(new EchoRequest()).ResponseAsync.SoonAsync();
        client.Once(new EchoRequest());
        using var repeat = client.Repeat(new EchoRequest());
        using var gather = client.Gather();
        using var converse = client.Converse();

        Assert.Equal(
            ["outer Once", "inner Once", "outer Once", "inner Once", "outer Repeat", "inner Repeat", "outer Gather", "inner Gather", "outer Converse", "inner Converse"],
            seen);
    }

    [Fact]
    public async Task A_client_interceptor_may_answer_by_itself()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Channel();
        var client = new Echo.EchoClient(channel.Intercept(new Answering()));

        Assert.Equal("from the cache", (await client.OnceAsync(new EchoRequest { Hang = true })).Text);
    }

    private sealed class Signing(string name) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            Sign(await continuation(request, context));

        public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
            Sign(await continuation(requestStream, context));

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("signed", name);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("signed", name);
            return continuation(requestStream, responseStream, context);
        }

        private TResponse Sign<TResponse>(TResponse response)
        {
            ((EchoReply)(object)response!).Text += $">{name}";
            return response;
        }
    }

    private sealed class Mapping : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            try
            {
                return await continuation(request, context);
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
            {
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "mapped"));
            }
        }
    }

    private sealed class Recording(string name, List<string> seen) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Record(context));

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Record(context));

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Record(context));

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(Record(context));

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
            continuation(Record(context));

        private ClientInterceptorContext<TRequest, TResponse> Record<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            seen.Add($"{name} {context.Method.Name}");
            return context;
        }
    }

    private sealed class Answering : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => new(
                Task.FromResult((TResponse)(object)new EchoReply { Text = "from the cache" }),
                Task.FromResult(new Metadata()),
                () => Status.DefaultSuccess,
                () => [],
                () => { });
    }
}

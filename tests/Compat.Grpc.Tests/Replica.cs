using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Museum.GrpcTests;

/// <summary>A server that answers with its own number.</summary>
internal static class Replica
{
    public static Task<EchoHost> StartAsync(int number, int port) => EchoHost.StartAsync(
        services: services => services.AddSingleton(new Number(number)), map: app => app.MapGrpcService<Service>(), port: port);

    internal sealed record Number(int Value);

    internal sealed class Service(Number number) : Echo.EchoBase
    {
        public override Task<EchoReply> Once(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoReply { Index = number.Value });

        public override async Task Converse(
            IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            await foreach (var _ in requestStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(new EchoReply { Index = number.Value });
            }
        }
    }
}

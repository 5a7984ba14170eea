using Grpc.Core;

namespace Museum.Benchmarks.Calls;

internal sealed class CallsService : Calls.CallsBase
{
    public override Task<Packet> Once(Packet request, ServerCallContext context) => Task.FromResult(request);

    public override async Task Down(Packet request, IServerStreamWriter<Packet> responseStream, ServerCallContext context)
    {
        while (!context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(request);
        }
    }

    public override async Task<Packet> Up(IAsyncStreamReader<Packet> requestStream, ServerCallContext context)
    {
        var count = 0;
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            count++;
        }

        return new Packet { Count = count };
    }

    public override async Task Both(IAsyncStreamReader<Packet> requestStream, IServerStreamWriter<Packet> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
    }
}

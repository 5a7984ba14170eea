using System.Collections.Concurrent;
using Grpc.Core;

namespace Museum.GrpcTests;

/// <summary>What happened on the server, for tests to wait on.</summary>
public sealed class Diary
{
    public ConcurrentQueue<string> Entries { get; } = new();

    public int CountOf(string entry) => Entries.Count(e => e == entry);
}

public class EchoService(Diary diary) : Echo.EchoBase
{
    public override async Task<EchoReply> Once(EchoRequest request, ServerCallContext context)
    {
        await BehaveAsync(request, context);
        return Reply(request, 0);
    }

    public override async Task<EchoReply> Gather(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await BehaveAsync(request, context);
            texts.Add(request.Text);
        }

        return new EchoReply { Text = string.Join('+', texts), Index = texts.Count };
    }

    public override async Task Repeat(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(Reply(request, i));
        }

        await BehaveAsync(request, context);
    }

    public override async Task Converse(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        var index = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await BehaveAsync(request, context);
            await responseStream.WriteAsync(Reply(request, index++));
        }
    }

    private static EchoReply Reply(EchoRequest request, int index) => new() { Text = request.Text, Index = index, Payload = request.Payload };

    private async Task BehaveAsync(EchoRequest request, ServerCallContext context)
    {
        if (request.FailWith != 0)
        {
            throw new RpcException(new Status((StatusCode)request.FailWith, request.Text));
        }

        if (request.Hang)
        {
            diary.Entries.Enqueue("hanging");
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                diary.Entries.Enqueue("let go");
            }
        }
    }
}

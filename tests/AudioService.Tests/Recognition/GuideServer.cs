using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Museum.Text.V1;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>Stands where TextService stands, over real gRPC: tells the words it is given, and counts who asks.</summary>
internal sealed class GuideServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GuideServer(WebApplication app) => this.app = app;

    public VocabularyResponse Vocabulary
    {
        set => app.Services.GetRequiredService<Words>().Current = value;
    }

    /// <summary>What the guide will probably say, by language.</summary>
    public Dictionary<string, SayingsResponse> Sayings => app.Services.GetRequiredService<Words>().Sayings;

    /// <summary>What the guide answers; given the question and the call, in a stream.</summary>
    public Func<ConverseStart, ServerCallContext, IAsyncEnumerable<ConverseResponse>> Answers
    {
        set => app.Services.GetRequiredService<Words>().Answers = value;
    }

    public int Questions => app.Services.GetRequiredService<Words>().Asked;

    public static async Task<GuideServer> StartAsync(int port, VocabularyResponse vocabulary)
    {
        var builder = AudioHost.Builder([]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Words { Current = vocabulary });
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new GuideServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Words
    {
        public required VocabularyResponse Current { get; set; }

        public Dictionary<string, SayingsResponse> Sayings { get; } = [];

        public Func<ConverseStart, ServerCallContext, IAsyncEnumerable<ConverseResponse>> Answers { get; set; } =
            (_, _) => throw new RpcException(new Status(StatusCode.Unavailable, "Nobody answers."));

        public int Asked;
    }

    private sealed class Service(Words words) : Guide.GuideBase
    {
        public override Task<VocabularyResponse> Vocabulary(VocabularyRequest request, ServerCallContext context)
        {
            Interlocked.Increment(ref words.Asked);
            var current = words.Current;
            return Task.FromResult(request.KnownVersion == current.ContentVersion ? new VocabularyResponse { ContentVersion = current.ContentVersion } : current);
        }

        public override async Task Converse(IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseResponse> responseStream, ServerCallContext context)
        {
            await context.WriteResponseHeadersAsync([]);
            Assert.True(await requestStream.MoveNext(context.CancellationToken));
            await foreach (var part in words.Answers(requestStream.Current.Start, context).WithCancellation(context.CancellationToken))
            {
                await responseStream.WriteAsync(part, context.CancellationToken);
            }
        }

        public override Task<SayingsResponse> Sayings(SayingsRequest request, ServerCallContext context) =>
            Task.FromResult(words.Sayings.GetValueOrDefault(request.Language) switch
            {
                null => new SayingsResponse { ContentVersion = "empty" },
                var current when current.ContentVersion == request.KnownVersion => new SayingsResponse { ContentVersion = current.ContentVersion },
                var current => current,
            });
    }
}

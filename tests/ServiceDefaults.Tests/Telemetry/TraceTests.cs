using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Grpc.Core;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Messaging;
using Museum.ServiceDefaults.Security;
using Museum.ServiceDefaults.Tests.Messaging;
using Museum.Session.V1;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Telemetry;

/// <summary>
/// A request that goes by HTTP to one service, by gRPC to a second and by the broker to a third. All live in this process and share its
/// sources of spans, so only the first exports; that each service sends its own is AppHost.Tests' to see.
/// </summary>
[Collection(BrokerCollection.Name)]
public sealed partial class TraceTests(RabbitMqServer broker) : IAsyncLifetime
{
    private readonly TokenIssuer issuer = new();
    private readonly string session = TokenIssuer.NewSession();
    private OtlpReceiver receiver = null!;
    private DefaultsHost consumer = null!;
    private DefaultsHost middle = null!;
    private DefaultsHost front = null!;

    public async Task InitializeAsync()
    {
        await issuer.InitializeAsync();
        receiver = await OtlpReceiver.StartAsync();
        consumer = await broker.StartReplicaAsync(service: "consumer");
        middle = await DefaultsHost.StartAsync(
            issuer,
            b =>
            {
                b.AddTurnMessaging(_ => { });
                b.Services.AddSingleton(new Destination(consumer.Holder()));
            },
            app => app.MapGrpcService<PublishingSessions>(),
            settings: [("ConnectionStrings:messaging", broker.ConnectionString), ("Resilience:events:Timeout", "00:00:10")]);
        await Eventually.TrueAsync(() => middle.Publisher().IsConnected);
        front = await DefaultsHost.StartAsync(
            issuer,
            b => b.Services.AddMuseumGrpcClient<Sessions.SessionsClient>("middle", TimeSpan.FromSeconds(20)),
            app =>
            {
                app.UseWebSockets();
                app.MapGet("/ask", async (Sessions.SessionsClient client, ILogger<TraceTests> logger) =>
                {
                    LogQuestion(logger);
                    await client.RenewAsync(new RenewRequest());
                });
                app.MapGet("/ws", async (HttpContext context) =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
                });
            },
            "front",
            ("Services:middle:grpc:0", $"http://{middle.Grpc.Authority}"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "100"));
    }

    public async Task DisposeAsync()
    {
        await front.DisposeAsync();
        await middle.DisposeAsync();
        await consumer.DisposeAsync();
        await receiver.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task One_trace_runs_through_http_grpc_and_the_broker_to_the_last_consumer()
    {
        var trace = ActivityTraceId.CreateRandom().ToString();
        var root = ActivitySpanId.CreateRandom().ToString();
        await AskAsync($"00-{trace}-{root}-01");
        await Eventually.TrueAsync(() => consumer.Inbox().CountOf<SentenceFailed>(session) > 0);

        var last = await Eventually.GetAsync(() => Task.FromResult(Spans().FirstOrDefault(s => s.Scope == "MassTransit" && s.Name.EndsWith("process", StringComparison.Ordinal))));
        await Eventually.TrueAsync(() => Path(last).LastOrDefault()?.ParentId == root);
        Assert.Equal(
            ["Microsoft.AspNetCore", "System.Net.Http", "Microsoft.AspNetCore", "MassTransit", "MassTransit", "MassTransit"],
            Enumerable.Reverse(Path(last)).Select(s => s.Scope));
        Assert.Contains(Spans(), s => s.Name == "GET /ask");
        Assert.Contains(Spans(), s => s.Name == EntityNames.Of<SentenceFailed>() + " send");
        Assert.All(Spans(), s => Assert.Equal("front", s.Service));
        await Eventually.TrueAsync(() => receiver.Saw("logs", "a question came"));

        ReceivedSpan[] Spans() => [.. receiver.Spans.Where(s => s.TraceId == trace)];
        List<ReceivedSpan> Path(ReceivedSpan from)
        {
            List<ReceivedSpan> way = [];
            for (var span = from; span is not null; span = Spans().FirstOrDefault(s => s.SpanId == span.ParentId))
            {
                way.Add(span);
            }

            return way;
        }
    }

    [Fact]
    public async Task A_token_in_a_query_is_in_no_span_and_no_log()
    {
        var token = issuer.Token(session);
        using (var socket = new ClientWebSocket())
        {
            await socket.ConnectAsync(new Uri($"ws://{front.Http.Authority}/ws?access_token={token}"), CancellationToken.None).SoonAsync();
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await front.StatusAsync("/ws?access_token=" + token, null));
        await AskAsync();
        // Spans and logs leave in order: what comes after those that matter shows that those are here.
        await Eventually.TrueAsync(() => receiver.Saw("traces", "GET /ws") && receiver.Saw("traces", "GET /ask") && receiver.Saw("logs", "a question came"));
        var signature = token.Split('.')[2];
        Assert.False(receiver.Saw("traces", signature));
        Assert.False(receiver.Saw("logs", signature));
        Assert.DoesNotContain(front.Log.Lines, l => l.Contains(signature, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probes_of_health_leave_no_spans()
    {
        await front.HealthAsync();
        await AskAsync();
        await Eventually.TrueAsync(() => receiver.Saw("traces", "GET /ask"));
        Assert.DoesNotContain(receiver.Spans, s => s.Name.Contains("/health", StringComparison.Ordinal));
    }

    /// <summary>Again, where the way to the last was not open yet.</summary>
    private Task AskAsync(string? traceParent = null) => Eventually.TrueAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ask");
        request.Headers.Add("traceparent", traceParent ?? $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await front.SendAsync(request, issuer.Token(session));
        return response.IsSuccessStatusCode;
    });

    [LoggerMessage(Level = LogLevel.Information, Message = "a question came")]
    private static partial void LogQuestion(ILogger logger);

    /// <summary>Answers by an event to whoever listens, with the session of the caller's token.</summary>
    private sealed class PublishingSessions(IEventPublisher publisher, Destination destination) : Sessions.SessionsBase
    {
        public override async Task<TokenResponse> Renew(RenewRequest request, ServerCallContext context)
        {
            await publisher.PublishAsync(EventHost.Failed(destination.Holder, context.GetHttpContext().User.SessionId()!), context.CancellationToken);
            return new TokenResponse();
        }
    }

    private sealed record Destination(string Holder);
}

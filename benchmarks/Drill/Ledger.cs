using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Museum.Benchmarks.Visitors.Suite;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Messaging;
using Museum.TestKit;

namespace Museum.Benchmarks.Drill;

/// <summary>
/// Publishes a durable event twenty times a second through the suite's own broker, as VoiceCallService does at the end of each turn, and
/// consumes them: what the broker has acknowledged must arrive, whatever happens to it.
/// </summary>
internal sealed class Ledger : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication app;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<long, bool> acknowledged = new();
    private readonly Task publishing;

    private Ledger(WebApplication app)
    {
        this.app = app;
        publishing = PublishAsync();
    }

    public int Acknowledged => acknowledged.Count;

    private Received Arrived => app.Services.GetRequiredService<Received>();

    public static async Task<Ledger> StartAsync(RunningSuite suite)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["ConnectionStrings:messaging"] = suite.Variable(Fault.Text, "ConnectionStrings__messaging");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults("drill");
        // The table is what is to be read; that the broker is away now and then is no news here.
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Received>();
        builder.AddTurnMessaging(messaging => messaging.AddDurableConsumer<Consumer, TurnClosed>("museum.drill.turn-closed"));
        var app = builder.Build();
        await app.StartAsync();
        return new Ledger(app);
    }

    /// <summary>Waits for what was acknowledged up to now.</summary>
    /// <returns>How many of it did not arrive within the default time-out.</returns>
    public async Task<int> MissingAsync()
    {
        long[] expected = [.. acknowledged.Keys];
        try
        {
            await Eventually.TrueAsync(() => expected.All(Arrived.Turns.ContainsKey));
            return 0;
        }
        catch (TimeoutException)
        {
            return expected.Count(turn => !Arrived.Turns.ContainsKey(turn));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await publishing;
        await app.DisposeAsync();
        stop.Dispose();
    }

    private async Task PublishAsync()
    {
        var publisher = app.Services.GetRequiredService<IEventPublisher>();
        for (var turn = 1L; !stop.IsCancellationRequested; turn++)
        {
            try
            {
                await publisher.PublishAsync(new TurnClosed { Session = Arrived.Session, Turn = turn, Interrupted = false, Language = "en", ClosedAt = 0 }, stop.Token);
                acknowledged[turn] = true;
            }
            catch (Exception e) when (e is DependencyException or OperationCanceledException)
            {
                // Not taken, and said so: whoever publishes knows.
            }

            await Task.Delay(Every, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal sealed class Received
    {
        public string Session { get; } = TokenIssuer.NewSession();

        public ConcurrentDictionary<long, bool> Turns { get; } = new();
    }

    /// <summary>The suite's own turns come here too and are told apart by their session.</summary>
    internal sealed class Consumer(Received received) : IConsumer<TurnClosed>
    {
        public Task Consume(ConsumeContext<TurnClosed> context)
        {
            if (context.Message.Session == received.Session)
            {
                received.Turns[context.Message.Turn] = true;
            }

            return Task.CompletedTask;
        }
    }
}

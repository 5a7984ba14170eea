using System.Collections.Concurrent;
using MassTransit;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Hosting;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Tests;

/// <summary>Stands where VoiceCallService stands: publishes sentences, and keeps what is addressed to it.</summary>
internal sealed class TurnHolder : IAsyncDisposable
{
    private readonly WebApplication app;

    private TurnHolder(WebApplication app) => this.app = app;

    public Mailbox Mail => app.Services.GetRequiredService<Mailbox>();

    public static async Task<TurnHolder> StartAsync(WebApplicationBuilder builder)
    {
        // Half a second for a publication is little on a machine that is busy with the tests.
        builder.Configuration["Resilience:events:Timeout"] = "00:00:30";
        builder.AddServiceDefaults("holder");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Mailbox>();
        builder.AddTurnMessaging(messaging =>
        {
            messaging.AddHolderConsumer<MailConsumer, SentenceSpoken>();
            messaging.AddHolderConsumer<MailConsumer, SentenceFailed>();
            messaging.AddHolderConsumer<MailConsumer, SentenceAnimated>();
        });
        var app = builder.Build();
        await app.StartAsync();
        var events = app.Services.GetRequiredService<IEventPublisher>();
        await Eventually.TrueAsync(() => events.IsConnected);
        return new TurnHolder(app);
    }

    public SentenceComposed Sentence(string text, string language = "en", string? session = null, long turn = 1, int sequence = 0) => new()
    {
        Holder = app.Services.GetRequiredService<HolderIdentity>().Id,
        Epoch = 1,
        Session = session ?? TokenIssuer.NewSession(),
        Turn = turn,
        Sequence = sequence,
        Text = text,
        Language = language,
        NeededBy = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    public Task PublishAsync<T>(T message)
        where T : class =>
        app.Services.GetRequiredService<IEventPublisher>().PublishAsync(message, CancellationToken.None);

    public async Task<SentenceSpoken> SayAsync(SentenceComposed sentence)
    {
        await PublishAsync(sentence);
        return await GetAsync<SentenceSpoken>(sentence);
    }

    public Task<T> GetAsync<T>(SentenceComposed sentence)
        where T : class, ITurnEvent =>
        Eventually.GetAsync(() => Task.FromResult(Mail.Of<T>(sentence).FirstOrDefault()), typeof(T).Name);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

internal sealed class Mailbox
{
    private readonly ConcurrentQueue<ITurnEvent> all = new();

    public void Put(ITurnEvent message) => all.Enqueue(message);

    public IEnumerable<T> Of<T>(SentenceComposed sentence)
        where T : ITurnEvent =>
        all.OfType<T>().Where(e => e.Session == sentence.Session && e.Turn == sentence.Turn && e.Sequence == sentence.Sequence);
}

internal sealed class MailConsumer(Mailbox mail) : IConsumer<SentenceSpoken>, IConsumer<SentenceFailed>, IConsumer<SentenceAnimated>
{
    public Task Consume(ConsumeContext<SentenceSpoken> context) => Keep(context.Message);

    public Task Consume(ConsumeContext<SentenceFailed> context) => Keep(context.Message);

    public Task Consume(ConsumeContext<SentenceAnimated> context) => Keep(context.Message);

    private Task Keep(ITurnEvent message)
    {
        mail.Put(message);
        return Task.CompletedTask;
    }
}

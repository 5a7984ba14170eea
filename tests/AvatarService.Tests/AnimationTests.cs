using Grpc.Core;
using Grpc.Net.Client;
using Museum.Avatar.V1;
using Museum.Contracts.Events;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Grpc;
using TimedPhone = Museum.Contracts.Speech.TimedPhone;

namespace Museum.AvatarService.Tests;

[Collection(FaceCollection.Name)]
public sealed class AnimationTests(FaceHost host)
{
    private TurnHolder Holder => host.Audio.Holder;

    [Theory]
    [InlineData("en", "Who painted The Starry Night?", "curious")]
    [InlineData("zh", "《星月夜》是谁画的？", "curious")]
    public async Task A_spoken_sentence_gets_its_face(string language, string text, string expression)
    {
        var sentence = Holder.Sentence(text, language, turn: 2, sequence: 1);
        var spoken = await Holder.SayAsync(sentence);
        var animated = await Holder.GetAsync<SentenceAnimated>(sentence);
        Assert.Equal((2, 1, 1, 16_000), (animated.Turn, animated.Sequence, animated.Epoch, animated.SampleRate));
        Assert.Equal((expression, "give"), (animated.Expression, animated.Action));
        Assert.Equal(("sil", "sil"), (animated.Visemes[0].Id, animated.Visemes[^1].Id));
        Assert.InRange(animated.Visemes.Count, 8, 60);
        Assert.InRange(animated.Visemes[^1].StartSample - spoken.Words[^1].EndSample, -640, 640);
    }

    [Fact]
    public async Task A_scraper_finds_the_faces_work_among_what_every_service_owes_it()
    {
        var sentence = Holder.Sentence("A face for the scraper.");
        await Holder.PublishAsync(Spoken(sentence, complete: true, new TimedPhone("aa", "arpabet", 0, 3_000)));
        await Holder.GetAsync<SentenceAnimated>(sentence);
        using var scraper = new HttpClient { BaseAddress = new Uri(host.HttpUrl), Timeout = Eventually.DefaultTimeout };
        await MetricsPage.CheckAsync(scraper, "inference_duration_seconds_bucket");
    }

    [Fact]
    public async Task A_sentence_whose_times_are_not_all_in_its_event_is_listened_to()
    {
        var sentence = Holder.Sentence(string.Join(", ", Enumerable.Repeat("the visitors looked at the painted ceiling for a long time", 4)) + ".");
        var spoken = await Holder.SayAsync(sentence);
        Assert.False(spoken.TimesComplete);
        var animated = await Holder.GetAsync<SentenceAnimated>(sentence);
        Assert.True(animated.Visemes[^1].StartSample > spoken.Phones[^1].EndSample + 16_000, "the track goes on after the event's last phone");
        Assert.InRange(animated.Visemes.Count, 60, 220);
    }

    [Fact]
    public async Task A_sentence_that_nobody_can_listen_to_any_more_gets_the_face_of_what_is_known()
    {
        var sentence = Holder.Sentence("Lost.");
        await Holder.PublishAsync(Spoken(sentence, complete: false, new TimedPhone("aa", "arpabet", 0, 3_000)));
        Assert.Equal(["sil", "aa", "sil"], (await Holder.GetAsync<SentenceAnimated>(sentence)).Visemes.Select(v => v.Id));
    }

    [Fact]
    public async Task A_sentence_delivered_twice_is_animated_once_and_one_without_phones_never()
    {
        var sentence = Holder.Sentence("Twice.");
        var spoken = Spoken(sentence, complete: true, new TimedPhone("aa", "arpabet", 0, 3_000));
        await Holder.PublishAsync(spoken);
        await Holder.PublishAsync(spoken);
        await Holder.PublishAsync(Spoken(sentence with { Sequence = 1 }, complete: true));
        await Holder.GetAsync<SentenceAnimated>(sentence);
        await Holder.PublishAsync(spoken);
        await Holder.PublishAsync(spoken with { Sequence = 2 });
        await Holder.GetAsync<SentenceAnimated>(sentence with { Sequence = 2 });
        Assert.Single(Holder.Mail.Of<SentenceAnimated>(sentence));
        Assert.Empty(Holder.Mail.Of<SentenceAnimated>(sentence with { Sequence = 1 }));
    }

    [Fact]
    public async Task After_an_interruption_the_turn_has_no_face()
    {
        var session = TokenIssuer.NewSession();
        await Holder.PublishAsync(new TurnInterrupted { Session = session, Epoch = 1, ThroughTurn = 5 });
        var sequence = 0;
        await Eventually.TrueAsync(async () =>
        {
            var stopped = Holder.Sentence("Stopped.", session: session, turn: 5, sequence: ++sequence);
            await Holder.PublishAsync(Spoken(stopped, complete: true, new TimedPhone("aa", "arpabet", 0, 3_000)));
            var next = Holder.Sentence("Next.", session: session, turn: 6, sequence: sequence);
            await Holder.PublishAsync(Spoken(next, complete: true, new TimedPhone("aa", "arpabet", 0, 3_000)));
            await Holder.GetAsync<SentenceAnimated>(next);
            return !Holder.Mail.Of<SentenceAnimated>(stopped).Any();
        });
    }

    [Fact]
    public async Task Animate_answers_a_caller_with_a_token()
    {
        using var channel = GrpcChannel.ForAddress(host.GrpcUrl);
        var client = new Avatar.V1.Avatar.AvatarClient(channel);
        var request = new AnimateRequest { Text = "Hello!", Language = "en", SampleRate = 16_000 };
        request.Phones.Add(new Avatar.V1.TimedPhone { Symbol = "aa", Alphabet = "arpabet", StartSample = 800, EndSample = 4_000 });
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => client.AnimateAsync(request).ResponseAsync)).StatusCode);
        var bearer = GrpcClients.Bearer(host.Audio.Tokens.Token());
        var answer = await client.AnimateAsync(request, bearer).ResponseAsync.SoonAsync();
        Assert.Equal(("smile", "greet"), (answer.Expression, answer.Action));
        Assert.Equal(["sil", "aa", "sil"], answer.Visemes.Select(v => v.Id));
        request.Phones.Clear();
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.AnimateAsync(request, bearer).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "no_phones"), (refused.StatusCode, refused.Trailers.GetValue("museum-code")));
    }

    private static SentenceSpoken Spoken(SentenceComposed sentence, bool complete, params TimedPhone[] phones) => new()
    {
        Holder = sentence.Holder, Epoch = sentence.Epoch, Session = sentence.Session, Turn = sentence.Turn, Sequence = sentence.Sequence,
        Text = sentence.Text, Language = sentence.Language, SampleRate = 16_000, Address = "http://127.0.0.1:9", Handle = "gone", Provider = "flite",
        Phones = phones, TimesComplete = complete,
    };
}

/// <summary>AvatarService beside a real AudioService, on one broker.</summary>
public sealed class FaceHost : IAsyncLifetime
{
    private readonly int[] ports = FreePorts.Take(2);
    private WebApplication? app;

    internal AudioHost Audio { get; } = new();

    internal string HttpUrl => $"http://127.0.0.1:{ports[0]}";

    internal string GrpcUrl => $"http://127.0.0.1:{ports[1]}";

    public async Task InitializeAsync()
    {
        await Audio.InitializeAsync();
        app = AudioHost.Builder(new()
        {
            ["ConnectionStrings:messaging"] = Audio.Broker.ConnectionString,
            ["Services:sessionservice:http:0"] = Audio.Tokens.Address,
            // The tests may run on a very busy machine.
            ["Resilience:sessionservice:Timeout"] = "00:00:30",
            ["Resilience:audioservice:Timeout"] = "00:00:30",
            ["Resilience:events:Timeout"] = "00:00:30",
            ["Kestrel:Endpoints:http:Url"] = HttpUrl,
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = GrpcUrl,
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
        }).AddAvatarService().Build().MapAvatarService();
        await app.StartAsync();
        var events = app.Services.GetRequiredService<ServiceDefaults.Messaging.IEventPublisher>();
        await Eventually.TrueAsync(() => events.IsConnected);
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        await Audio.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class FaceCollection : ICollectionFixture<FaceHost>
{
    public const string Name = "face";
}

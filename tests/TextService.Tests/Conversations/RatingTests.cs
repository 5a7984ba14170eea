using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Museum.TestKit;
using Museum.Text.V1;
using Museum.TextService.Conversation;

namespace TextService.Tests.Conversations;

/// <summary>What visitors think of answers, through both doors.</summary>
public sealed class RatingTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Fact]
    public async Task Whoever_counts_is_told_what_was_judged()
    {
        var told = new Told();
        var store = service.Get<ConversationStore>();
        await store.SaveAsync("s", new RememberedTurn { Turn = 4, Asked = "Who painted it?", Told = "Munch.", About = ["scream"] }, default);
        await new Ratings(store, [told]).RateAsync("s", 4, good: false, default);
        var rating = Assert.Single(told.Ratings);
        Assert.Equal(("s", 4, false, "Who painted it?", "scream"), (rating.Session, rating.Turn, rating.Good, rating.Asked, rating.About.Single()));
    }

    [Theory]
    [InlineData("good", 0, HttpStatusCode.NoContent)]
    [InlineData("bad", 0, HttpStatusCode.NoContent)]
    [InlineData("so-so", 0, HttpStatusCode.BadRequest)]
    [InlineData("good", 99, HttpStatusCode.NotFound)]
    public async Task Over_HTTP_an_answered_turn_is_rated_good_or_bad(string rating, int later, HttpStatusCode status)
    {
        var answer = await service.AskAsync("Who painted The Scream?", new { session_id = "rated" });
        using var response = await service.Http.PostAsJsonAsync("/api/text/rating", new { session_id = "rated", turn_id = (long)answer["turn_id"]! + later, rating });
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Over_gRPC_too_and_only_in_ones_own_session()
    {
        var session = TokenIssuer.NewSession();
        await service.ConverseAsync(session, Remembering.Start("Who painted The Scream?", 1));
        await service.Guide.RateAsync(new RateRequest { TurnId = 1, Rating = Rating.Good }, service.As(session));
        foreach (var (request, caller, status) in new[]
        {
            (new RateRequest { TurnId = 1 }, session, StatusCode.InvalidArgument),
            (new RateRequest { TurnId = 2, Rating = Rating.Bad }, session, StatusCode.NotFound),
            (new RateRequest { TurnId = 1, SessionId = session, Rating = Rating.Bad }, TokenIssuer.NewSession(), StatusCode.NotFound),
        })
        {
            using var call = service.Guide.RateAsync(request, service.As(caller));
            Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync())).StatusCode);
        }
    }

    private sealed class Told : ITurnObserver
    {
        public ConcurrentQueue<TurnRating> Ratings { get; } = new();

        public void Answered(AnsweredTurn turn)
        {
        }

        public void Rated(TurnRating rating) => Ratings.Enqueue(rating);
    }
}

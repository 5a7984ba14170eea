using Museum.TestKit;
using Museum.Text.V1;
using TextService.Tests.Conversations;

namespace TextService.Tests.Tours;

/// <summary>What it changes that the client says where its visitor is.</summary>
public sealed class SceneTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Theory]
    [InlineData("Who made it?", "en")]
    [InlineData("它是谁的作品？", "zh")]
    public async Task It_means_the_exhibit_in_view(string ask, string language)
    {
        var parts = await AskAsync(TokenIssuer.NewSession(), ask, 1, new Scene { ExhibitId = "mona-lisa" });
        Assert.Equal("mona-lisa", parts.SourceOf());
        Assert.Equal(language, parts[^1].Done.Language);
        Assert.Equal((1, "mona-lisa"), (parts.TourOf().Hall, parts.TourOf().SeenIds.Single()));
    }

    [Fact]
    public async Task Who_names_another_work_means_that_one_wherever_they_stand() =>
        Assert.Equal("guernica", (await AskAsync(TokenIssuer.NewSession(), "Who painted Guernica?", 1, new Scene { ExhibitId = "mona-lisa" })).SourceOf());

    [Fact]
    public async Task Who_walks_on_speaks_of_what_is_before_them_now_and_who_stays_may_go_on_speaking_of_something_else()
    {
        var session = TokenIssuer.NewSession();
        await AskAsync(session, "Who painted Guernica?", 1, new Scene { ExhibitId = "mona-lisa" });
        Assert.Equal("guernica", (await AskAsync(session, "When was it painted?", 2, new Scene { ExhibitId = "mona-lisa" })).SourceOf());
        Assert.Equal("starry-night", (await AskAsync(session, "When was it painted?", 3, new Scene { ExhibitId = "starry-night" })).SourceOf());
    }

    [Fact]
    public async Task What_was_said_last_counts_until_something_else_is_said()
    {
        var session = TokenIssuer.NewSession();
        await AskAsync(session, "Hello", 1, new Scene { Hall = 3, ExhibitId = "mona-lisa" });
        var parts = await AskAsync(session, "Who painted it?", 2, null);
        Assert.Equal("mona-lisa", parts.SourceOf());
        Assert.Equal(3, parts.TourOf().Hall);
    }

    [Theory]
    [InlineData("mona-lisa", "mona-lisa", 1)]
    [InlineData("The Mona Lisa", "mona-lisa", 1)]
    [InlineData("《蒙娜丽莎》", "mona-lisa", 1)]
    [InlineData("hall_6", null, 6)]
    [InlineData("6号展厅", null, 6)]
    [InlineData("Books and writing", null, 6)]
    [InlineData("Lobby", null, 0)]
    [InlineData("hall 99", null, 0)]
    public async Task MuseumAgents_scene_is_understood_by_id_title_or_hall(string name, string? exhibit, int hall)
    {
        var tour = (await AskAsync(TokenIssuer.NewSession(), "Hello", 1, new Scene { Name = name })).TourOf();
        Assert.Equal(exhibit, tour.SeenIds.SingleOrDefault());
        Assert.Equal(hall, tour.Hall);
    }

    [Fact]
    public async Task An_exhibit_or_a_hall_that_the_museum_does_not_have_changes_nothing()
    {
        var parts = await AskAsync(TokenIssuer.NewSession(), "Who painted the Mona Lisa?", 1, new Scene { ExhibitId = "no-such-thing", Hall = -4 });
        Assert.Equal("mona-lisa", parts.SourceOf());
        Assert.Equal(1, parts.TourOf().Hall);
    }

    [Fact]
    public async Task Over_HTTP_the_scene_is_said_and_the_tour_told_too()
    {
        var answer = await service.AskAsync("Who painted it?", new { session_id = "scene", scene = new { exhibit_id = "mona-lisa" } });
        Assert.Equal("mona-lisa", (string?)answer["sources"]![0]!["id"]);
        Assert.Equal(1, (int)answer["sources"]![0]!["hall"]!);
        Assert.Equal(["mona-lisa"], answer["tour"]!["seen"]!.AsArray().Select(s => (string?)s));
        Assert.Equal(3, answer["tour"]!["next"]!.AsArray().Count);
        Assert.All(answer["tour"]!["next"]!.AsArray(), stop => Assert.NotEmpty((string)stop!["invitation"]!));
    }

    private Task<List<ConverseResponse>> AskAsync(string session, string text, long turn, Scene? scene) => service.ConverseAsync(session, Remembering.Start(text, turn, scene));
}

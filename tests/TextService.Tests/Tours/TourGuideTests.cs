using Museum.TextService.Conversation;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Tours;

namespace TextService.Tests.Tours;

/// <summary>Where a visit goes next, in the museum's own halls.</summary>
public sealed class TourGuideTests
{
    [Fact]
    public async Task Nothing_is_proposed_to_who_has_not_asked_of_anything_and_is_nowhere()
    {
        var tour = TourGuide.Look(TourState.Empty, Tongue.En, await MuseumContent.IndexAsync());
        Assert.Equal((0, false), (tour.Hall, tour.Propose));
        Assert.Empty(tour.Next);
    }

    [Fact]
    public async Task The_next_stops_are_near_and_have_something_in_common_with_what_was_asked_about()
    {
        var index = await MuseumContent.IndexAsync();
        var tour = TourGuide.Look(Visit(Turn(1, "starry-night")), Tongue.En, index);
        Assert.Equal(2, tour.Hall);
        Assert.Equal(["starry-night"], tour.Seen);
        Assert.Equal(3, tour.Next.Count);
        Assert.All(tour.Next, stop => Assert.Equal((2, "Painting after 1800"), (stop.Hall, stop.HallName)));
        Assert.Subset(Tags("starry-night", index), tour.Interests.ToHashSet());
        Assert.Contains(tour.Next, stop => Tags(stop.Id, index).Overlaps(tour.Interests));
        Assert.All(tour.Next, stop => Assert.Contains(stop.Question, index.Offered[stop.Exhibit].En));
        Assert.All(tour.Next, stop => Assert.Equal($"If you like, I’ll show you {stop.Title} next. You will find it in this hall too.", stop.Invitation));
    }

    [Fact]
    public async Task What_came_up_or_was_in_view_is_not_proposed_again_until_a_hall_is_done()
    {
        var index = await MuseumContent.IndexAsync();
        var hall = index.Exhibits.Where(e => e.Hall == 2).Select(e => e.Id).ToList();
        var state = TourState.Empty;
        for (var turn = 1; turn <= hall.Count; turn++)
        {
            state = state.After(turn % 2 == 0 ? Turn(turn, hall[turn - 1]) : Turn(turn) with { Place = new SaidPlace(2, hall[turn - 1]) });
        }

        var tour = TourGuide.Look(state, Tongue.En, index);
        Assert.Equal(hall, tour.Seen);
        Assert.Equal(3, tour.Next.Count);
        Assert.All(tour.Next, stop => Assert.NotEqual(2, stop.Hall));
        Assert.Contains(tour.Next, stop => stop.Invitation.Contains($"in hall {stop.Hall}, {stop.HallName}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_says_where_its_visitor_is_knows_better_than_the_questions()
    {
        var index = await MuseumContent.IndexAsync();
        var tour = TourGuide.Look(Visit(Turn(1, "starry-night") with { Place = new SaidPlace(6, null) }), Tongue.Zh, index);
        Assert.Equal(6, tour.Hall);
        Assert.Contains(tour.Next, stop => stop.Hall == 6);
        Assert.Contains("就在这个展厅", tour.Next.First(s => s.Hall == 6).Invitation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_questions_to_one_work_it_is_time_to_go_on_and_not_again_soon()
    {
        var index = await MuseumContent.IndexAsync();
        var state = TourState.Empty;
        var proposed = new List<int>();
        for (var turn = 1; turn <= 10; turn++)
        {
            var answered = Turn(turn, "starry-night");
            var propose = TourGuide.Look(state.After(answered), Tongue.En, index).Propose;
            state = state.After(answered with { Proposed = propose ? "scream" : null });
            if (propose)
            {
                proposed.Add(turn);
            }
        }

        Assert.Equal([3, 7], proposed);
    }

    [Fact]
    public async Task Who_says_thanks_is_shown_the_way_on() =>
        Assert.True(TourGuide.Look(Visit(Turn(1, "starry-night"), Turn(2)), Tongue.En, await MuseumContent.IndexAsync(), takesLeave: true).Propose);

    [Fact]
    public async Task An_exhibit_that_the_content_no_longer_has_is_passed_over()
    {
        var tour = TourGuide.Look(Visit(Turn(1, "starry-night"), Turn(2, "sold-last-year")), Tongue.En, await MuseumContent.IndexAsync());
        Assert.Equal(["starry-night", "sold-last-year"], tour.Seen);
        Assert.Equal(3, tour.Next.Count);
    }

    private static HashSet<string> Tags(string id, ContentIndex index) => [.. index.Exhibits[index.NumberOf(id)!.Value].Tags.En];

    private static TourState Visit(params RememberedTurn[] turns) => turns.Aggregate(TourState.Empty, (state, turn) => state.After(turn));

    private static RememberedTurn Turn(int number, params string[] about) => new() { Turn = number, Asked = "?", Told = ".", About = about };
}

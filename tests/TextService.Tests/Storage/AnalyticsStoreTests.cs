using Museum.TestKit;
using Museum.TextService.Analytics;

namespace TextService.Tests.Storage;

public sealed class SqliteAnalyticsStoreTests() : AnalyticsStoreTests(null);

[Collection(PostgresTests.Name)]
public sealed class PostgresAnalyticsStoreTests(PostgresServer server) : AnalyticsStoreTests(server);

/// <summary>What is kept of the visitors' questions, and what is made of it.</summary>
public abstract class AnalyticsStoreTests(PostgresServer? server) : StoreContract(server)
{
    private static readonly DateTimeOffset Ever = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Now = Ever + TimeSpan.FromDays(20_000);
    private AnalyticsStore store = null!;
    private AnalyticsReports reports = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        store = new AnalyticsStore(Databases);
        reports = new AnalyticsReports(store);
    }

    [Fact]
    public async Task What_is_older_than_it_may_be_is_forgotten()
    {
        await WriteAsync(
            Asked("Old?", Outcomes.Refused, at: Now - TimeSpan.FromDays(91), about: "a"), Asked("New?", Outcomes.Refused, about: "a"), new AnalyticsRow.Rating(Now - TimeSpan.FromDays(91), "key", true, "Old?", []));
        await store.ForgetAsync(Now - TimeSpan.FromDays(90), CancellationToken.None);
        Assert.Equal("New?", Assert.Single(await QuestionsAsync()).Question);
        var all = await reports.SummaryAsync(Ever, CancellationToken.None);
        Assert.Equal((0, 1), (all.Total.Good, Assert.Single(all.Exhibits).Asked));
    }

    [Fact]
    public async Task A_question_that_was_asked_and_answered_once_is_counted_but_not_listed()
    {
        await WriteAsync(Asked("My name is Bond: who painted this?", Outcomes.Answered), Asked("Who?", Outcomes.Answered), Asked("who", Outcomes.Answered), Asked("Where?", Outcomes.Refused));
        Assert.Equal(["who", "where"], (await QuestionsAsync()).Select(q => AnalyticsRow.Fold(q.Question)));
        Assert.Equal(3, (await reports.SummaryAsync(Ever, CancellationToken.None)).Total.Answered);
    }

    [Fact]
    public async Task Days_languages_and_exhibits_are_counted_of_questions_and_ratings()
    {
        await WriteAsync(
            Asked("One?", Outcomes.Answered, at: Now - TimeSpan.FromDays(1), about: "scream"),
            Asked("Two?", Outcomes.Mended, about: "vase"),
            Asked("Three?", Outcomes.Answered, language: "zh", about: "vase"),
            Asked("Hello", Outcomes.Talk),
            new AnalyticsRow.Rating(Now, "a", true, null, ["vase", "scream"]),
            new AnalyticsRow.Rating(Now, "b", false, null, ["scream"]));
        var all = await reports.SummaryAsync(Ever, CancellationToken.None);
        Assert.Equal(new Counts(Answered: 2, Talk: 1, Mended: 1, Good: 1, Bad: 1), all.Total);
        Assert.Equal([("2024-10-03", 1L), ("2024-10-04", 1L)], all.Days.Select(d => (d.Day, d.Counts.Answered)));
        Assert.Equal([("en", 1L, 1L), ("zh", 1L, 0L)], all.Languages.Select(l => (l.Language, l.Counts.Answered, l.Counts.Talk)));
        Assert.Equal([new ExhibitCount("vase", 2, 1, 0), new ExhibitCount("scream", 1, 1, 1)], all.Exhibits);
        Assert.Empty((await reports.SummaryAsync(Now + TimeSpan.FromDays(1), CancellationToken.None)).Days);
    }

    [Fact]
    public async Task A_refused_question_is_off_the_list_once_it_is_resolved_and_back_when_it_is_refused_again()
    {
        await WriteAsync(Asked("Who repaired the roof?", Outcomes.Refused));
        await store.ResolveAsync("who repaired the ROOF", "en", Now, CancellationToken.None);
        Assert.Empty(await QuestionsAsync(Outcomes.Refused));
        Assert.Single(await QuestionsAsync());
        await WriteAsync(Asked("Who repaired the roof?", Outcomes.Refused, at: Now + TimeSpan.FromMinutes(1)));
        Assert.Equal(1, Assert.Single(await QuestionsAsync(Outcomes.Refused)).Refused);
        Assert.Empty(await reports.QuestionsAsync(Ever, Outcomes.Refused, "zh", 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_rating_is_changed_by_whoever_gave_it_and_listed_by_what_it_says()
    {
        await WriteAsync(new AnalyticsRow.Rating(Now, "a", true, "Who?", ["vase"]), new AnalyticsRow.Rating(Now, "a", false, "Who?", ["vase"]), new AnalyticsRow.Rating(Now, "b", true, null, []));
        Assert.Equal(2, (await reports.RatingsAsync(Ever, null, 10, CancellationToken.None)).Count);
        var bad = Assert.Single(await reports.RatingsAsync(Ever, false, 10, CancellationToken.None));
        Assert.Equal(("Who?", "vase"), (bad.Question, Assert.Single(bad.Exhibits)));
    }

    [Fact]
    public async Task Words_are_erased_and_what_was_counted_stays()
    {
        await WriteAsync(Asked("Who?", Outcomes.Refused), new AnalyticsRow.Rating(Now, "a", true, "Who?", []));
        await store.ForgetWordsAsync(CancellationToken.None);
        Assert.Empty(await QuestionsAsync());
        Assert.Null(Assert.Single(await reports.RatingsAsync(Ever, null, 10, CancellationToken.None)).Question);
        Assert.Equal(1, (await reports.SummaryAsync(Ever, CancellationToken.None)).Total.Refused);
    }

    [Fact]
    public async Task Characters_that_no_text_may_have_take_no_other_note_with_them()
    {
        await WriteAsync(Asked("Who\0 painted this?", Outcomes.Refused), Asked("Where?", Outcomes.Refused), new AnalyticsRow.Rating(Now, "a", true, "Half a smile \uD83D", []));
        Assert.Equal(["Where?", "Who painted this?"], (await QuestionsAsync()).Select(q => q.Question).Order(StringComparer.Ordinal));
        Assert.Equal("Half a smile \uFFFD", Assert.Single(await reports.RatingsAsync(Ever, null, 10, CancellationToken.None)).Question);
    }

    private static AnalyticsRow.Answer Asked(string words, string outcome, DateTimeOffset? at = null, string language = "en", params string[] about) =>
        new(at ?? Now, outcome, language, words, "extraction", 1, about);

    private Task WriteAsync(params AnalyticsRow[] rows) => store.WriteAsync(rows, CancellationToken.None);

    private Task<IReadOnlyList<AskedQuestion>> QuestionsAsync(string? outcome = null) => reports.QuestionsAsync(Ever, outcome, null, 10, CancellationToken.None);
}

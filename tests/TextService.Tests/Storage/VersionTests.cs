using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Curators;
using Museum.TextService.Storage;

namespace TextService.Tests.Storage;

public sealed class SqliteVersionTests() : VersionTests(null);

[Collection(PostgresTests.Name)]
public sealed class PostgresVersionTests(PostgresServer server) : VersionTests(server);

/// <summary>Which texts of an exhibit are kept when others take their place.</summary>
public abstract class VersionTests(PostgresServer? server) : StoreContract(server)
{
    private SqlRecords store = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        store = new SqlRecords(Databases, Time);
    }

    [Fact]
    public async Task Every_text_that_was_live_is_kept_with_who_published_it_and_when()
    {
        await PublishAsync("Old");
        await ChangeAsync("olga", r => Transitions.Save(r!, RecordStoreTests.Document("New")));
        await ChangeAsync("olga", r => Transitions.Submit(r!, "olga"));
        Time.Advance(TimeSpan.FromHours(1));
        await ChangeAsync("ivan", r => Transitions.Publish(r!, "ivan", byAnother: true));
        var versions = await VersionsAsync();
        Assert.Equal([(2, "New", "ivan", false), (1, "Old", "anna", false)], versions.Select(Told));
        Assert.Equal(TimeSpan.FromMinutes(61), versions[0].PublishedAt - versions[1].PublishedAt);
    }

    [Fact]
    public async Task A_draft_that_is_thrown_away_is_kept_with_who_did_so_and_numbers_go_on_after_it()
    {
        await PublishAsync("Live");
        await ChangeAsync("olga", r => Transitions.Save(r!, RecordStoreTests.Document("Draft")));
        await ChangeAsync("ivan", r => Transitions.Discard(r!));
        Assert.Equal([(2, "Draft", "ivan", true), (1, "Live", "anna", false)], (await VersionsAsync()).Select(Told));

        await ChangeAsync("olga", r => Transitions.GoLive(r, "vase", RecordStoreTests.Document("Next")));
        Assert.Equal((3, "Next", "olga", false), Told((await VersionsAsync())[0]));
    }

    [Fact]
    public async Task A_draft_that_was_never_live_outlives_its_exhibit_which_can_be_made_of_it_again()
    {
        await ChangeAsync("olga", r => Transitions.Create(r, "vase", RecordStoreTests.Document("Draft")));
        var number = (await store.FindAsync("vase", CancellationToken.None))!.Number;
        await ChangeAsync("olga", r => Transitions.Discard(r!));
        Assert.Null(await store.FindAsync("vase", CancellationToken.None));

        var kept = Assert.Single(await VersionsAsync());
        await ChangeAsync("ivan", r => Transitions.Create(r, "vase", kept.Document));
        var again = (await store.FindAsync(number, CancellationToken.None))!;
        Assert.Equal(("Draft", 1), (again.Draft!.Title.En, again.Versions));
    }

    [Fact]
    public async Task A_draft_is_kept_when_another_writes_over_it_and_not_when_its_writer_goes_on_with_it()
    {
        await ChangeAsync("olga", r => Transitions.Create(r, "vase", RecordStoreTests.Document("Draft")));
        await ChangeAsync("olga", r => Transitions.Save(r!, RecordStoreTests.Document("Better")));
        await ChangeAsync("olga", r => Transitions.Submit(r!, "olga"));
        Assert.Empty(await VersionsAsync());

        await ChangeAsync("ivan", r => Transitions.Save(r!, RecordStoreTests.Document("Other")));
        Assert.Equal([(1, "Better", "ivan", true)], (await VersionsAsync()).Select(Told));
    }

    [Fact]
    public async Task A_text_that_is_kept_already_is_not_kept_twice()
    {
        await PublishAsync("Live");
        await ChangeAsync("olga", r => Transitions.Withdraw(r!));
        await ChangeAsync("olga", _ => null);
        Assert.Equal([(1, "Live", "anna", false)], (await VersionsAsync()).Select(Told));
    }

    [Fact]
    public async Task A_store_of_an_older_release_learns_who_wrote_a_draft_and_which_were_thrown_away()
    {
        await store.LiveAsync(CancellationToken.None);
        var tables = Databases.Open(RecordSchema.Store, new Tables("", ""));
        await tables.WriteAsync("ALTER TABLE records DROP COLUMN written_by", CancellationToken.None);
        await tables.WriteAsync("ALTER TABLE versions DROP COLUMN fate", CancellationToken.None);

        store = new SqlRecords(await AnotherReplicaAsync(), Time);
        await ChangeAsync("olga", r => Transitions.Create(r, "vase", RecordStoreTests.Document("Draft")));
        await ChangeAsync("ivan", r => Transitions.Submit(r!, "ivan"));
        Assert.Equal("olga", (await store.FindAsync("vase", CancellationToken.None))!.WrittenBy);
        await ChangeAsync("ivan", r => Transitions.Discard(r!));
        Assert.True(Assert.Single(await VersionsAsync()).Discarded);
    }

    private static (int Number, string Title, string By, bool Discarded) Told(ExhibitVersion version) => (version.Number, version.Document.Title.En, version.PublishedBy, version.Discarded);

    private Task<IReadOnlyList<ExhibitVersion>> VersionsAsync() => store.VersionsAsync("vase", CancellationToken.None);

    private async Task PublishAsync(string title)
    {
        await ChangeAsync("anna", r => Transitions.GoLive(r, "vase", RecordStoreTests.Document(title)));
        // A moment of its own: what is published is told from what is not by when it was.
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task ChangeAsync(string by, Func<ExhibitRecord?, ExhibitRecord?> change) =>
        Assert.Null((await store.WriteAsync(by, [new RecordChange("vase", change)], CancellationToken.None))[0].Refusal);
}

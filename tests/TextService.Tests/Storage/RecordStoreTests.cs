using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Curators;
using Museum.TextService.Language;

namespace TextService.Tests.Storage;

public sealed class SqliteRecordStoreTests() : RecordStoreTests(null);

[Collection(PostgresTests.Name)]
public sealed class PostgresRecordStoreTests(PostgresServer server) : RecordStoreTests(server);

/// <summary>What the record store promises, whoever else writes at the same time.</summary>
public abstract class RecordStoreTests(PostgresServer? server) : StoreContract(server)
{
    private SqlRecords store = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        store = new SqlRecords(Databases, Time);
    }

    [Fact]
    public async Task A_file_is_imported_once_and_its_change_again()
    {
        Assert.Equal(["vase"], (await ImportAsync("glass")).Changed);
        Assert.Empty((await ImportAsync("glass")).Changed);
        Assert.Equal(["vase"], (await ImportAsync("silver")).Changed);
        Assert.Equal(2, (await store.FindAsync("vase", CancellationToken.None))!.Versions);
    }

    [Fact]
    public async Task A_file_that_is_gone_takes_its_entry_with_it()
    {
        await ImportAsync("glass");
        Assert.Equal(["vase"], (await store.ImportAsync([], CancellationToken.None)).Removed);
        Assert.Empty(await store.LiveAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_entry_whose_file_comes_back_goes_on_with_its_number_its_revisions_and_its_versions()
    {
        await ImportAsync("glass");
        var before = (await store.FindAsync("vase", CancellationToken.None))!;
        await store.ImportAsync([], CancellationToken.None);
        Assert.Null(await store.FindAsync("vase", CancellationToken.None));
        await ImportAsync("silver");
        var after = (await store.FindAsync(before.Number, CancellationToken.None))!;
        Assert.True(after.Revision > before.Revision);
        Assert.Equal(
            ["The Vase is made of silver.", "The Vase is made of glass."], (await store.VersionsAsync("vase", CancellationToken.None)).Select(v => v.Document.Body.En[0].Paragraphs[0]));
        await store.ImportAsync([], CancellationToken.None);
        Assert.Equal(["vase"], (await ImportAsync("silver")).Changed);
    }

    [Fact]
    public async Task A_file_never_overwrites_an_edited_entry_nor_takes_it_away_and_the_entry_says_that_they_differ()
    {
        await ImportAsync("glass");
        await ChangeAsync("vase", r => Transitions.Save(r!, r!.Live! with { Hall = 5 }));
        Assert.Empty((await ImportAsync("silver")).Changed);
        Assert.Empty((await store.ImportAsync([], CancellationToken.None)).Removed);
        var record = await store.FindAsync("vase", CancellationToken.None);
        Assert.Equal("The Vase is made of glass.", record!.Live!.Body.En[0].Paragraphs[0]);
        Assert.Equal(5, record.Draft!.Hall);
        Assert.True(record.FileDiffers);
    }

    [Fact]
    public async Task A_removed_entry_is_not_brought_back_by_its_file_and_keeps_its_number_when_it_is_made_anew()
    {
        await ImportAsync("glass");
        var number = (await store.FindAsync("vase", CancellationToken.None))!.Number;
        await ChangeAsync("vase", _ => null);
        await ImportAsync("silver");
        Assert.Null(await store.FindAsync("vase", CancellationToken.None));
        await ChangeAsync("vase", r => Transitions.Create(r, "vase", Document("Again")));
        var again = await store.FindAsync(number, CancellationToken.None);
        Assert.Equal("Again", again!.Draft!.Title.En);
        Assert.True(again.Revision > 2);
    }

    [Fact]
    public async Task Of_forty_who_change_one_revision_at_the_same_time_at_two_replicas_one_wins()
    {
        SqlRecords[] replicas = [store, new(await AnotherReplicaAsync(), Time)];
        await ChangeAsync("vase", r => Transitions.Create(r, "vase", Document("The Vase")));
        var match = new IfMatch(1);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => replicas[i % 2].WriteAsync(
            $"curator {i}", [new RecordChange("vase", r => Transitions.Save(match.Check(r), Document($"Title {i}")))], CancellationToken.None))));
        var won = Assert.Single(outcomes, o => o[0].Changed);
        Assert.Equal(39, outcomes.Count(o => o[0].Refusal is { Code: "exhibit_changed", Status: 412 }));
        foreach (var replica in replicas)
        {
            Assert.Equal(won[0].Record!.Draft!.Title, (await replica.FindAsync("vase", CancellationToken.None))!.Draft!.Title);
        }
    }

    [Fact]
    public async Task Of_two_replicas_that_begin_the_same_exhibit_at_once_one_is_told_that_it_is_there()
    {
        SqlRecords[] replicas = [store, new(await AnotherReplicaAsync(), Time)];
        var outcomes = await Task.WhenAll(replicas.Select((replica, i) => Task.Run(() => replica.WriteAsync(
            "olga", [new RecordChange("vase", r => Transitions.Create(r, "vase", Document($"Title {i}")))], CancellationToken.None))));
        Assert.Single(outcomes, o => o[0].Changed);
        Assert.Single(outcomes, o => o[0].Refusal is { Code: "exhibit_exists", Status: 409 });
    }

    [Fact]
    public async Task What_replicas_import_and_write_at_the_same_time_is_all_there()
    {
        SqlRecords[] replicas = [store, new(await AnotherReplicaAsync(), Time), new(await AnotherReplicaAsync(), Time)];
        await Task.WhenAll(replicas.Select((replica, i) => Task.Run(async () =>
        {
            await ImportAsync("glass", replica);
            for (var n = 0; n < 5; n++)
            {
                await replica.WriteAsync("olga", [new RecordChange($"bowl-{i}-{n}", r => Transitions.Create(r, $"bowl-{i}-{n}", Document("The Bowl")))], CancellationToken.None);
            }
        })));
        Assert.Equal(16, (await store.ListAsync(new RecordFilter(), CancellationToken.None)).Total);
        Assert.Single(await store.VersionsAsync("vase", CancellationToken.None));
    }

    [Fact]
    public async Task An_exhibit_that_is_changed_often_takes_no_numbers_from_the_next()
    {
        for (var i = 0; i < 3; i++)
        {
            await ChangeAsync("vase", r => r is null ? Transitions.Create(r, "vase", Document("The Vase")) : Transitions.Save(r, Document($"Title {i}")));
        }

        await ChangeAsync("bowl", r => Transitions.Create(r, "bowl", Document("The Bowl")));
        Assert.Equal((await store.FindAsync("vase", CancellationToken.None))!.Number + 1, (await store.FindAsync("bowl", CancellationToken.None))!.Number);
    }

    [Fact]
    public async Task A_refused_change_leaves_the_others_of_its_batch()
    {
        var outcomes = await store.WriteAsync(
            "olga",
            [
                new RecordChange("a", r => Transitions.Create(r, "a", Document("A"))),
                new RecordChange("b", _ => throw new ClientException("no", "No.")),
                new RecordChange("c", r => Transitions.Create(r, "c", Document("C"))),
            ],
            CancellationToken.None);
        Assert.Equal("no", outcomes[1].Refusal!.Code);
        Assert.Equal(["a", "c"], (await store.ListAsync(new RecordFilter(), CancellationToken.None)).Records.Select(r => r.Id));
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_language_hall_and_words_and_comes_in_pages()
    {
        await ImportAsync("glass");
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync($"draft-{i}", r => Transitions.Create(r, $"draft-{i}", Document($"Bowl {i}") with { Hall = i + 1 }));
        }

        async Task<string> IdsAsync(RecordFilter filter) => string.Join(' ', (await store.ListAsync(filter, CancellationToken.None)).Records.Select(r => r.Id));
        Assert.Equal("vase", await IdsAsync(new RecordFilter(State: "live")));
        Assert.Equal("draft-0 draft-1 draft-2 draft-3 draft-4", await IdsAsync(new RecordFilter(MissingIn: "zh")));
        Assert.Equal("", await IdsAsync(new RecordFilter(MissingIn: "en")));
        Assert.Equal("draft-3", await IdsAsync(new RecordFilter(Hall: 4)));
        Assert.Equal("vase", await IdsAsync(new RecordFilter(Words: "zanzibar")));
        Assert.Equal("", await IdsAsync(new RecordFilter(Words: "zan%bar")));
        Assert.Equal("", await IdsAsync(new RecordFilter(Words: "zanziba_")));
        Assert.Equal("draft-2 draft-3", await IdsAsync(new RecordFilter(State: "draft", Skip: 2, Take: 2)));
        Assert.Equal(5, (await store.ListAsync(new RecordFilter(State: "draft", Take: 2), CancellationToken.None)).Total);
    }

    internal static ExhibitDocument Document(string title) => new() { Title = new(title, ""), Body = new([new Section("What it is", [$"{title} is made of glass."])], []) };

    private Task<ImportResult> ImportAsync(string material, SqlRecords? replica = null)
    {
        var text = SampleEntry.Text(material);
        return (replica ?? store).ImportAsync([new Entry("vase", $"hash of {material}", EntryReader.Read("vase.md", text), null)], CancellationToken.None);
    }

    private async Task ChangeAsync(string id, Func<ExhibitRecord?, ExhibitRecord?> change) =>
        Assert.Null((await store.WriteAsync("olga", [new RecordChange(id, change)], CancellationToken.None))[0].Refusal);
}

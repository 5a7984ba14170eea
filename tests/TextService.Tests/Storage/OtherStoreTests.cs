using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Museum.TextService.Content;
using Museum.TextService.Language;
using Museum.TextService.Retrieval;

namespace TextService.Tests.Storage;

public sealed class SqliteOtherStoreTests() : OtherStoreTests(null);

[Collection(PostgresTests.Name)]
public sealed class PostgresOtherStoreTests(PostgresServer server) : OtherStoreTests(server);

/// <summary>The rooms, and the vectors.</summary>
public abstract class OtherStoreTests(PostgresServer? server) : StoreContract(server)
{
    [Fact]
    public async Task Of_two_replicas_that_name_the_rooms_at_once_one_is_told_to_read_again()
    {
        HallStore[] replicas = [new(Databases), new(await AnotherReplicaAsync())];
        Assert.Null(await replicas[0].FindAsync(CancellationToken.None));
        var tried = await Task.WhenAll(replicas.Select((rooms, i) => Task.Run(async () =>
        {
            try
            {
                return (await rooms.WriteAsync([new Hall(1, new Localized<string>($"Room {i}", ""))], $"curator {i}", 0, CancellationToken.None)).UpdatedBy;
            }
            catch (ClientException e) when (e.Code == "halls_changed")
            {
                return null;
            }
        })));
        var winner = Assert.Single(tried, by => by is not null);
        Assert.Equal((1L, winner), (await replicas[0].FindAsync(CancellationToken.None))! is var halls ? (halls.Revision, halls.UpdatedBy) : default);
        Assert.Equal(2, (await replicas[1].WriteAsync([], "olga", null, CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task A_vector_that_one_replica_has_paid_for_is_found_by_the_other_exactly_as_it_was()
    {
        float[] vector = [0.1f, -2, float.Epsilon];
        await new VectorStore(Databases, "model").SaveAsync([("a bowl", vector), ("a vase", [1])], CancellationToken.None);
        await new VectorStore(Databases, "model").SaveAsync([("a vase", [2])], CancellationToken.None);
        var elsewhere = await AnotherReplicaAsync();
        var found = await new VectorStore(elsewhere, "model").FindAsync(["a bowl", "a vase", "a jar"], CancellationToken.None);
        Assert.Equal(vector, found["a bowl"]);
        Assert.Equal([2f], found["a vase"]);
        Assert.Equal(2, found.Count);
        Assert.Empty(await new VectorStore(elsewhere, "another").FindAsync(["a bowl"], CancellationToken.None));
    }
}

using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Museum.TestKit;
using Museum.Text.V1;
using Museum.TextService.Index;

namespace TextService.Tests.Retrieval;

public sealed class VectorTests
{
    // No text of the content has these words.
    private const string Query = "zeppelins overhead";
    private static readonly string[][] Meanings = [["zeppelin", "bombed", "炸"], ["smile", "微笑"]];

    [Fact]
    public async Task A_question_without_a_word_of_an_entry_finds_it_by_its_meaning()
    {
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        await using var service = await WithVectorsAsync(server);
        Assert.Equal("guernica", (await BestAsync(service, Query))[0]);
    }

    [Fact]
    public async Task Words_decide_when_the_question_gets_no_vector()
    {
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        await using var service = await WithVectorsAsync(server);
        server.Status = 503;
        Assert.Equal("mona-lisa", (await BestAsync(service, "the portrait of an Italian silk merchant's wife"))[0]);
        Assert.DoesNotContain("guernica", await BestAsync(service, Query));
    }

    [Fact]
    public async Task An_endpoint_that_refuses_leaves_the_guide_answering_and_says_so_on_its_health()
    {
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        server.Status = 401;
        await using var service = await StartAsync(server);
        await service.CapabilityAsync("embeddings", "degraded");
        Assert.True((bool)(await service.AskAsync("Who painted the Mona Lisa?"))["grounded"]!);
    }

    [Fact]
    public async Task What_was_answered_without_the_question_s_vector_is_not_answered_so_again()
    {
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        await using var service = await WithVectorsAsync(server, ("Prefetch:PerSecond", "0"));
        using var meter = new MeterReadings(service.Get<IMeterFactory>(), "Museum.Cache");
        server.Status = 503;
        foreach (var computed in (long[])[1, 2])
        {
            await service.Http.PostAsJsonAsync("/api/text/process", new { text = "Which of them has zeppelins overhead?" });
            Assert.Equal(computed, meter.Observe("museum.cache.computations", "kind=answers"));
        }
    }

    [Theory]
    [InlineData("<html>Sign in to the network</html>")]
    [InlineData("""{"object":"list","data":[{"object":"embedding","index":0}]}""")]
    [InlineData("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":"no base64!"}]}""")]
    [InlineData("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":""}]}""")]
    public async Task An_endpoint_that_answers_rubbish_leaves_the_guide_answering(string rubbish)
    {
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        await using (var service = await WithVectorsAsync(server))
        {
            server.Rubbish = rubbish;
            Assert.Equal("mona-lisa", (await BestAsync(service, "the portrait of an Italian silk merchant's wife"))[0]);
        }

        await using var unready = await StartAsync(server);
        await unready.CapabilityAsync("embeddings", "degraded");
        Assert.True((bool)(await unready.AskAsync("Who painted the Mona Lisa?"))["grounded"]!);
    }

    [Fact]
    public async Task A_passage_is_sent_once_and_never_again_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("museum-vectors-").FullName;
        await using var server = await EmbeddingServer.StartAsync(Meanings);
        await using (await WithVectorsAsync(server, ("Museum:Data", data)))
        {
            Assert.NotEmpty(server.Texts);
        }

        server.Texts.Clear();
        await using (await WithVectorsAsync(server, ("Museum:Data", data)))
        {
            Assert.Empty(server.Texts);
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task<RunningService> WithVectorsAsync(EmbeddingServer server, params (string, string)[] settings)
    {
        var service = await StartAsync(server, settings);
        await Eventually.TrueAsync(() =>
        {
            using var lease = service.Get<ContentHolder>().Use();
            return Task.FromResult(lease.Index.Vectors is { Count: > 0 });
        });
        return service;
    }

    private static Task<RunningService> StartAsync(EmbeddingServer server, params (string, string)[] settings) => RunningService.StartAsync(
        // A busy machine must not make the question's vector late.
        [("Museum:Content", MuseumContent.Few), ("Embeddings:BaseUrl", server.BaseUrl), ("Embeddings:Model", "meanings"), ("Embeddings:QuestionSeconds", "10"), .. settings]);

    private static async Task<List<string>> BestAsync(RunningService service, string query)
    {
        var response = await service.Guide.RetrieveAsync(new RetrieveRequest { Query = query, TopK = 3 }, service.As(service.Session)).ResponseAsync.SoonAsync();
        return [.. response.Exhibits.Select(e => e.Id)];
    }
}

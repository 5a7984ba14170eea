namespace TextService.Tests;

/// <summary>The guide with a model server that nobody here wrote.</summary>
public sealed class ThirdPartyModelTests(ThirdPartyModel model) : IClassFixture<ThirdPartyModel>, IAsyncLifetime
{
    private RunningService service = null!;

    public async Task InitializeAsync()
    {
        service = await RunningService.StartAsync(("Llm:BaseUrl", model.BaseUrl), ("Llm:Model", "gpt-4o-mini"), ("Llm:ApiKey", "not-a-secret"), ("Museum:Content", MuseumContent.Few));
        await service.CapabilityAsync("llm", "ok");
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task It_answers_in_small_pieces_that_make_a_whole()
    {
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Equal(("The Scream was painted by Edvard Munch. He was a Norwegian.", "gpt-4o-mini"), ((string?)answer["answer"], (string?)answer["composer"]));
        Assert.Equal("scream", (string?)answer["sources"]![0]!["id"]);
    }

    [Fact]
    public async Task It_calls_a_function_of_the_museum_and_answers_with_its_result()
    {
        var answer = await service.AskAsync("Who made Guernica?");
        Assert.Equal("Guernica was painted by Pablo Picasso. It was made in 1937.", (string?)answer["answer"]);
    }

    [Fact]
    public async Task It_breaks_off_and_the_answer_is_whole()
    {
        // It resets the connection, and what was not read of it by then is lost: how much is heard of the model is chance.
        var answer = (string)(await service.AskAsync("When was The Scream painted?"))["answer"]!;
        Assert.Contains("1893", answer, StringComparison.Ordinal);
        Assert.EndsWith(".", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("This version of it", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_overloaded_and_extraction_answers()
    {
        var answer = await service.AskAsync("Who painted the Mona Lisa?");
        Assert.Equal("extraction", (string?)answer["composer"]);
        Assert.Contains("Leonardo", (string?)answer["answer"], StringComparison.Ordinal);
    }
}

using Museum.TestKit;

namespace TextService.Tests;

/// <summary>An external SRS in place of the house's own content, for as long as it answers.</summary>
public sealed class ExternalSrsTests
{
    private const string Question = "What is the Samarkand Vase made of?";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Questions_are_answered_from_what_it_finds_wrapped_or_bare(bool wrapped)
    {
        await using var srs = await ExternalSrs.StartAsync();
        srs.IsWrapped = wrapped;
        await using var service = await StartAsync(srs);
        var answer = await service.AskAsync(Question);
        Assert.Contains("silver", (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Equal("srs-7", (string?)answer["sources"]![0]!["id"]);
        Assert.Equal(("the key", 3, 0.35), (srs.LastKey, (int)srs.LastQuery!["top_k"]!, (double)srs.LastQuery["threshold"]!));
    }

    [Fact]
    public async Task What_was_spoken_of_is_known_to_the_next_question_though_that_finds_nothing()
    {
        await using var srs = await ExternalSrs.StartAsync();
        await using var service = await StartAsync(srs);
        await service.AskAsync(Question);
        Assert.Contains("Ada Smith", (string?)(await service.AskAsync("Who made it?"))["answer"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scene", "name")]
    [InlineData("history", "")]
    public async Task What_the_client_says_of_place_and_past_is_looked_up_too(string member, string part)
    {
        await using var srs = await ExternalSrs.StartAsync();
        await using var service = await StartAsync(srs);
        object said = part.Length > 0
            ? new Dictionary<string, string> { [part] = "The Samarkand Vase" }
            : new[] { new { role = "visitor", text = Question } };
        var answer = await service.AskAsync("Who made it?", new Dictionary<string, object> { [member] = said });
        Assert.Contains("Ada Smith", (string?)answer["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_fails_the_house_s_own_content_answers_until_it_is_back()
    {
        await using var srs = await ExternalSrs.StartAsync();
        await using var service = await StartAsync(srs);
        srs.Fails = true;
        Assert.Contains("Leonardo", (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["answer"], StringComparison.Ordinal);
        await service.CapabilityAsync("retrieval", "degraded");
        srs.Fails = false;
        await service.CapabilityAsync("retrieval", "ok");
        await Eventually.TrueAsync(async () => ((string?)(await service.AskAsync(Question))["answer"])!.Contains("silver", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_it_hangs_the_visitor_does_not()
    {
        await using var srs = await ExternalSrs.StartAsync();
        await using var service = await StartAsync(srs, ("Resilience:srs:Timeout", "00:00:01"));
        srs.Hangs = true;
        Assert.Contains("Leonardo", (string?)(await service.AskAsync("Who painted the Mona Lisa?"))["answer"], StringComparison.Ordinal);
    }

    private static async Task<RunningService> StartAsync(ExternalSrs srs, params (string, string)[] settings)
    {
        // A busy machine's SRS takes longer than a visitor would wait: what it finds is tested here, not how soon.
        (string, string)[] patience = settings.Length > 0 ? [] : [("Resilience:srs:Timeout", "00:00:30")];
        var service = await RunningService.StartAsync([("Museum:Content", MuseumContent.Few), ("Srs:BaseUrl", srs.BaseUrl), ("Srs:ApiKey", "the key"), .. patience, .. settings]);
        await service.CapabilityAsync("retrieval", "ok");
        return service;
    }
}

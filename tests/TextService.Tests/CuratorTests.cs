using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>The life of an exhibit at the curator's desk.</summary>
public sealed class CuratorTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Question = "What is the Zanzibar Bowl made of?";

    [Fact]
    public async Task A_draft_is_asked_about_reviewed_published_and_answered_from_within_a_moment()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        var begun = await desk.SendAsync(HttpMethod.Post, "", new { document = Bowl("glass") });
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        Assert.Equal("the-bowl", (string?)begun.Body["id"]);
        Assert.Equal("draft", (string?)begun.Body["state"]);

        Assert.Contains("glass", (string?)(await desk.PreviewAsync("the-bowl", Question))["answer"], StringComparison.Ordinal);
        Assert.False((bool)(await service.AskAsync(Question))["grounded"]!);

        Assert.Equal("review", (string?)(await desk.ActAsync("the-bowl", "submit")).Body["state"]);
        var live = await desk.ActAsync("the-bowl", "publish");
        Assert.Equal("live", (string?)live.Body["state"]);
        await Eventually.TrueAsync(async () => ((string?)(await service.AskAsync(Question))["answer"])!.Contains("glass", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_draft_beside_what_is_live_changes_nothing_for_visitors_and_can_be_thrown_away()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await desk.PublishAsync(Bowl("glass"));
        await Eventually.TrueAsync(async () => (bool)(await service.AskAsync(Question))["grounded"]!);

        await desk.SendAsync(HttpMethod.Put, "/the-bowl", new { document = Bowl("silver") }, "*");
        Assert.Contains("silver", (string?)(await desk.PreviewAsync("the-bowl", Question))["answer"], StringComparison.Ordinal);
        Assert.Contains("glass", (string?)(await service.AskAsync(Question))["answer"], StringComparison.Ordinal);

        var left = await desk.ActAsync("the-bowl", "discard");
        Assert.Equal("live", (string?)left.Body["state"]);
        Assert.Null(left.Body["draft"]);
    }

    [Fact]
    public async Task What_is_withdrawn_or_removed_is_not_spoken_of_any_more()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await desk.PublishAsync(Bowl("glass"));
        await Eventually.TrueAsync(async () => (bool)(await service.AskAsync(Question))["grounded"]!);
        Assert.Equal("draft", (string?)(await desk.ActAsync("the-bowl", "withdraw")).Body["state"]);
        await Eventually.TrueAsync(async () => !(bool)(await service.AskAsync(Question))["grounded"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await desk.SendAsync(HttpMethod.Delete, "/mona-lisa", null, "*")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Get, "/mona-lisa")).Status);
        await Eventually.TrueAsync(async () => !(bool)(await service.AskAsync("Who painted the Mona Lisa?"))["grounded"]!);
    }

    [Fact]
    public async Task Nobody_overwrites_what_they_have_not_read()
    {
        await using var service = await StartAsync();
        var (olga, ivan) = (new Desk(service.As("curator", "olga")), new Desk(service.As("curator", "ivan")));
        var read = (await olga.SendAsync(HttpMethod.Get, "/scream")).Tag;
        await ivan.SendAsync(HttpMethod.Put, "/scream", new { document = Bowl("glass") }, read);

        var late = await olga.SendAsync(HttpMethod.Put, "/scream", new { document = Bowl("silver") }, read);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.Status);
        Assert.Equal("exhibit_changed", (string?)late.Body["code"]);
        Assert.Contains("ivan", (string?)late.Body["detail"], StringComparison.Ordinal);
        var blind = await olga.SendAsync(HttpMethod.Put, "/scream", new { document = Bowl("silver") });
        Assert.Equal((428, "if_match_missing"), ((int)blind.Status, (string?)blind.Body["code"]));
    }

    [Fact]
    public async Task Where_a_second_curator_is_asked_for_the_writer_cannot_publish()
    {
        await using var service = await StartAsync(("Curators:SecondCurator", "true"));
        var (olga, ivan) = (new Desk(service.As("curator", "olga")), new Desk(service.As("curator", "ivan")));
        await olga.SendAsync(HttpMethod.Post, "", new { document = Bowl("glass") });
        await olga.ActAsync("the-bowl", "submit");
        Assert.Equal((HttpStatusCode.Forbidden, "second_curator_needed"), ((await olga.ActAsync("the-bowl", "publish")) is var own ? own.Status : 0, (string?)own.Body["code"]));
        var back = await ivan.SendAsync(HttpMethod.Post, "/the-bowl/return", new { note = "Which kind?" }, "*");
        Assert.Equal("Which kind?", (string?)back.Body["note"]);
        await olga.ActAsync("the-bowl", "submit");
        Assert.Equal(HttpStatusCode.OK, (await ivan.ActAsync("the-bowl", "publish")).Status);
    }

    [Fact]
    public async Task Where_a_second_curator_is_asked_for_the_writer_cannot_publish_what_another_has_submitted()
    {
        await using var service = await StartAsync(("Curators:SecondCurator", "true"));
        var (olga, ivan, anna) = (new Desk(service.As("curator", "olga")), new Desk(service.As("curator", "ivan")), new Desk(service.As("curator", "anna")));
        await olga.SendAsync(HttpMethod.Post, "", new { document = Bowl("glass") });
        await ivan.ActAsync("the-bowl", "submit");
        Assert.Equal(HttpStatusCode.Forbidden, (await olga.ActAsync("the-bowl", "publish")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ivan.ActAsync("the-bowl", "publish")).Status);
        Assert.Equal(HttpStatusCode.OK, (await anna.ActAsync("the-bowl", "publish")).Status);
    }

    [Fact]
    public async Task What_has_no_text_cannot_be_submitted_and_what_was_not_submitted_cannot_be_published()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await desk.SendAsync(HttpMethod.Post, "", new { id = "empty", document = new { title = new { zh = "空" } } });
        Assert.Equal("exhibit_incomplete", (string?)(await desk.ActAsync("empty", "submit")).Body["code"]);
        Assert.Equal("exhibit_not_in_review", (string?)(await desk.ActAsync("empty", "publish")).Body["code"]);
        Assert.Equal("exhibit_invalid", (string?)(await desk.SendAsync(HttpMethod.Post, "", new { id = "hall", document = new { hall = 100 } })).Body["code"]);
        Assert.Equal("exhibit_exists", (string?)(await desk.SendAsync(HttpMethod.Post, "", new { id = "empty", document = new { hall = 1 } })).Body["code"]);
    }

    [Fact]
    public async Task The_list_shows_states_and_missing_translations()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await desk.SendAsync(HttpMethod.Post, "", new { document = Bowl("glass") });
        var all = (await desk.SendAsync(HttpMethod.Get, "?size=2")).Body;
        Assert.Equal((5, 2), ((int)all["total"]!, all["exhibits"]!.AsArray().Count));
        var untranslated = Assert.Single((await desk.SendAsync(HttpMethod.Get, "?missing=zh")).Body["exhibits"]!.AsArray());
        Assert.Equal("the-bowl", (string?)untranslated!["id"]);
        Assert.Equal(["title.zh", "body.zh", "aliases.zh"], untranslated["missing"]!.AsArray().Select(m => (string?)m));
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SendAsync(HttpMethod.Get, "?state=gone")).Status);
    }

    [Fact]
    public async Task What_is_missing_in_a_request_is_named_to_the_curator()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        var preview = await desk.SendAsync(HttpMethod.Post, "/mona-lisa/preview", new { });
        Assert.Equal((HttpStatusCode.BadRequest, "text_missing"), (preview.Status, (string?)preview.Body["code"]));
        foreach (var question in new[] { null, "", new string('x', 501) })
        {
            var resolved = await desk.SendAsync(HttpMethod.Post, "/api/curator/analytics/questions/resolve", new { question, language = "en" });
            Assert.Equal((HttpStatusCode.BadRequest, "question_invalid"), (resolved.Status, (string?)resolved.Body["code"]));
        }

        using var form = new StringContent("no form");
        form.Headers.ContentType = new("multipart/form-data");
        using var answer = await desk.Http.PostAsync("/api/curator/imports", form);
        Assert.Equal((HttpStatusCode.BadRequest, "import_unreadable"), (answer.StatusCode, (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["code"]));
    }

    [Theory]
    [InlineData("visitor")]
    [InlineData("operator")]
    public async Task The_desk_is_for_curators(string role)
    {
        await using var service = await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await new Desk(service.As(role, "vic")).SendAsync(HttpMethod.Get, "")).Status);
        Assert.Equal(HttpStatusCode.OK, (await new Desk(service.As("admin", "ada")).SendAsync(HttpMethod.Get, "")).Status);
    }

    internal static object Bowl(string material) => new
    {
        title = new { en = "The Bowl" },
        aliases = new { en = new[] { "Zanzibar Bowl" } },
        body = new { en = new[] { new { heading = "What it is", paragraphs = new[] { $"The Zanzibar Bowl is made of {material}." } } } },
    };

    private Task<RunningService> StartAsync(params (string, string)[] settings) => RunningService.WithCuratorsAsync(redis, settings);
}

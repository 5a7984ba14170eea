using System.Net;
using Museum.SessionService.Tokens;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class RefreshTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    [Fact]
    public async Task Every_refresh_gives_the_next_tokens_of_the_same_session_at_any_replica()
    {
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        var first = await here.VisitorAsync("zh");

        var second = await SessionServiceUnderTest.TokensAsync(await there.RefreshAsync(first.Refresh));
        var third = await SessionServiceUnderTest.TokensAsync(await here.RefreshAsync(second.Refresh));

        Assert.Equal((first.Session, first.Session), (second.Session, third.Session));
        Assert.Equal(3, new[] { first, second, third }.Select(t => t.Refresh).Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, (await there.SendAsync(HttpMethod.Get, "/api/auth/me", third.Access)).StatusCode);
    }

    [Fact]
    public async Task Whose_answer_was_lost_asks_any_replica_again_within_a_minute_and_gets_the_same_next_token()
    {
        var time = new ManualTime(realTimers: true);
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis, time: time);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis, time: time);
        var first = await here.VisitorAsync();
        var lost = await SessionServiceUnderTest.TokensAsync(await here.RefreshAsync(first.Refresh));

        time.Advance(TimeSpan.FromSeconds(59));
        var again = await SessionServiceUnderTest.TokensAsync(await there.RefreshAsync(first.Refresh));

        Assert.Equal((lost.Refresh, first.Session), (again.Refresh, again.Session));
        Assert.Equal(HttpStatusCode.OK, (await here.RefreshAsync(again.Refresh)).StatusCode);
    }

    [Fact]
    public async Task A_lost_answer_ends_no_visit_while_redis_is_away_either()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);
        var first = await service.VisitorAsync();
        var lost = await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(first.Refresh));

        service.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(lost.Refresh, (await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(first.Refresh))).Refresh);

        service.Time.Advance(TimeSpan.FromSeconds(2));
        await Problem.AssertAsync(await service.RefreshAsync(first.Refresh), HttpStatusCode.BadRequest, "refresh_token_reused");
    }

    [Fact]
    public async Task A_token_two_refreshes_old_ends_the_session_at_once()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var first = await service.VisitorAsync();
        var second = await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(first.Refresh));
        await service.RefreshAsync(second.Refresh);

        await Problem.AssertAsync(await service.RefreshAsync(first.Refresh), HttpStatusCode.BadRequest, "refresh_token_reused");
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_session_for_thief_and_owner()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var stolen = await service.VisitorAsync();
        var owners = await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(stolen.Refresh));
        service.Time.Advance(TimeSpan.FromSeconds(61));

        var problem = await Problem.AssertAsync(await service.RefreshAsync(stolen.Refresh), HttpStatusCode.BadRequest, "refresh_token_reused");

        Assert.Equal("invalid_grant", problem["error"]!.GetValue<string>());
        await Problem.AssertAsync(await service.RefreshAsync(owners.Refresh), HttpStatusCode.BadRequest, "session_ended");
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", owners.Access)).StatusCode);
    }

    [Fact]
    public async Task Many_refreshes_at_once_get_the_same_next_token()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var tokens = await service.VisitorAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.RefreshAsync(tokens.Refresh)));

        var next = await Task.WhenAll(answers.Select(SessionServiceUnderTest.TokensAsync));
        Assert.Single(next.Select(t => t.Refresh).Distinct());
        Assert.Equal(HttpStatusCode.OK, (await service.RefreshAsync(next[0].Refresh)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_cannot_end_a_session_with_a_made_up_refresh_token()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var tokens = await service.VisitorAsync();
        var forged = RefreshToken.Write(tokens.Session, 7, new byte[32]);

        await Problem.AssertAsync(await service.RefreshAsync(forged), HttpStatusCode.BadRequest, "refresh_token_invalid");
        await Problem.AssertAsync(await service.RefreshAsync(tokens.Refresh + "x"), HttpStatusCode.BadRequest, "refresh_token_invalid");

        Assert.Equal(HttpStatusCode.OK, (await service.RefreshAsync(tokens.Refresh)).StatusCode);
    }

    [Theory]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("refresh_token", "invalid_request")]
    [InlineData("client_credentials", "invalid_request")]
    [InlineData("", "invalid_request")]
    public async Task Other_grants_are_refused_in_the_words_of_the_rfc(string grant, string error)
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data);

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = grant });
        var problem = await Problem.AssertAsync(await service.Client.PostAsync("/api/auth/token", form), HttpStatusCode.BadRequest, error);

        Assert.Equal(error, problem["error"]!.GetValue<string>());
    }
}

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
    public async Task A_refresh_token_used_twice_ends_the_session_for_thief_and_owner()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var stolen = await service.VisitorAsync();
        var owners = await SessionServiceUnderTest.TokensAsync(await service.RefreshAsync(stolen.Refresh));

        var problem = await Problem.AssertAsync(await service.RefreshAsync(stolen.Refresh), HttpStatusCode.BadRequest, "refresh_token_reused");

        Assert.Equal("invalid_grant", problem["error"]!.GetValue<string>());
        await Problem.AssertAsync(await service.RefreshAsync(owners.Refresh), HttpStatusCode.BadRequest, "session_ended");
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", owners.Access)).StatusCode);
    }

    [Fact]
    public async Task Of_many_refreshes_at_once_one_wins()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var tokens = await service.VisitorAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.RefreshAsync(tokens.Refresh)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
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

using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Museum.Session.V1;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class GrpcTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_token_is_renewed_and_the_refresh_token_stays_good()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        using var channel = service.Channel();
        var tokens = await service.VisitorAsync("zh");

        var renewed = await Client(channel).RenewAsync(new RenewRequest(), Bearer(tokens.Access));

        Assert.Equal((tokens.Session, 600, 3600), (renewed.SessionId, renewed.ExpiresIn, renewed.SessionExpiresIn));
        Assert.Equal("zh", new JsonWebToken(renewed.AccessToken).GetClaim("lang").Value);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await service.RefreshAsync(tokens.Refresh)).StatusCode);
    }

    [Theory]
    [InlineData(-12, StatusCode.OK)]
    [InlineData(-16, StatusCode.Unauthenticated)]
    public async Task A_token_may_have_expired_five_minutes_ago(int signedMinutesAgo, StatusCode expected)
    {
        var time = new ManualTime(realTimers: true);
        time.Advance(TimeSpan.FromMinutes(signedMinutesAgo));
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis, time: time);
        using var channel = service.Channel();
        var tokens = await service.VisitorAsync();

        Assert.Equal(expected, await StatusOfAsync(Client(channel).RenewAsync(new RenewRequest(), Bearer(tokens.Access))));
    }

    [Fact]
    public async Task The_token_of_an_ended_session_is_not_renewed_and_none_is_neither()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        using var channel = service.Channel();
        var tokens = await service.VisitorAsync();
        await service.SendAsync(HttpMethod.Delete, "/api/session/" + tokens.Session, tokens.Access);

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(Client(channel).RenewAsync(new RenewRequest(), Bearer(tokens.Access))));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(Client(channel).RenewAsync(new RenewRequest(), Bearer("abc.def.ghi"))));
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(Client(channel).RenewAsync(new RenewRequest())));
    }

    [Fact]
    public async Task Credentials_from_register_open_a_session()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        using var channel = service.Channel();
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "first-password"))).Trim();

        var opened = await Client(channel).AuthenticateAsync(new AuthenticateRequest { Account = new Account { Name = "admin", Password = password }, Language = "zh-CN" });

        Assert.Matches("^sess_[0-9a-f]{16}$", opened.SessionId);
        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(Client(channel).AuthenticateAsync(new AuthenticateRequest { ApiKey = "museum_wrong" })));
        Assert.Equal(StatusCode.InvalidArgument, await StatusOfAsync(Client(channel).AuthenticateAsync(new AuthenticateRequest())));
    }

    [Fact]
    public async Task Who_comes_back_with_credentials_goes_on_with_their_session_at_any_replica_and_never_with_anothers()
    {
        await using var here = await SessionServiceUnderTest.StartAsync(Data, redis);
        await using var there = await SessionServiceUnderTest.StartAsync(Data, redis);
        using var first = here.Channel();
        using var second = there.Channel();
        var request = new AuthenticateRequest { Account = new Account { Name = "admin", Password = (await File.ReadAllTextAsync(Path.Combine(Data, "first-password"))).Trim() } };
        var opened = await Client(first).AuthenticateAsync(request);
        var visitor = await here.VisitorAsync();

        async Task<string> WithAsync(string session) => (await Client(second).AuthenticateAsync(new AuthenticateRequest(request) { SessionId = session })).SessionId;

        Assert.Equal(opened.SessionId, await WithAsync(opened.SessionId));
        Assert.DoesNotContain(await WithAsync(visitor.Session), new[] { visitor.Session, opened.SessionId });
        Assert.DoesNotContain(await WithAsync("sess_0000000000000000"), new[] { "sess_0000000000000000", opened.SessionId });
        await here.SendAsync(HttpMethod.Delete, "/api/session/" + opened.SessionId, opened.AccessToken);
        Assert.NotEqual(opened.SessionId, await WithAsync(opened.SessionId));
    }

    [Fact]
    public async Task Too_many_wrong_passwords_are_resource_exhausted()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis, new Dictionary<string, string> { ["SignIn:AttemptsPerAccount"] = "1" });
        using var channel = service.Channel();
        var wrong = new AuthenticateRequest { Account = new Account { Name = "admin", Password = "wrong password" } };

        Assert.Equal(StatusCode.Unauthenticated, await StatusOfAsync(Client(channel).AuthenticateAsync(wrong)));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfAsync(Client(channel).AuthenticateAsync(wrong)));
    }

    private static Museum.Session.V1.Sessions.SessionsClient Client(Grpc.Net.Client.GrpcChannel channel) => new(channel);

    private static Metadata Bearer(string token) => new() { { "authorization", "Bearer " + token } };

    private static async Task<StatusCode> StatusOfAsync(AsyncUnaryCall<TokenResponse> call)
    {
        try
        {
            await call.ResponseAsync.SoonAsync();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}

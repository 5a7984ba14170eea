using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class AccountTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_first_password_stands_in_a_file_for_its_owner_only_until_it_is_changed()
    {
        var file = Path.Combine(Data, "first-password");
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var first = (await File.ReadAllTextAsync(file)).Trim();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var admin = await service.LoginAsync("admin", first);

        Assert.Equal(HttpStatusCode.NoContent, (await ChangePasswordAsync(service, admin, first, Password)).StatusCode);

        Assert.False(File.Exists(file));
        Assert.Equal(HttpStatusCode.Unauthorized, (await TryLoginAsync(service, "admin", first)).StatusCode);
        await service.LoginAsync("admin", Password);
        Assert.DoesNotContain(service.Logs.Lines, l => l.Contains(first, StringComparison.Ordinal) || l.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_makes_no_second_admin()
    {
        await using (await SessionServiceUnderTest.StartAsync(Data, redis))
        {
        }

        var first = await File.ReadAllTextAsync(Path.Combine(Data, "first-password"));
        await using var again = await SessionServiceUnderTest.StartAsync(Data, redis);

        Assert.Equal(first, await File.ReadAllTextAsync(Path.Combine(Data, "first-password")));
        await again.AdminAsync();
    }

    [Fact]
    public async Task An_admin_holds_every_role_and_others_what_they_were_given()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();
        await AddAsync(service, admin, "lin", ["curator"]);

        var curator = await service.LoginAsync("LIN", Password);

        Assert.Equal(["visitor", "curator", "operator", "admin"], RolesOf(admin));
        Assert.Equal(["curator"], RolesOf(curator));
        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, "/api/admin/accounts", curator.Access), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Removing_or_changing_an_account_ends_its_sessions()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();
        await AddAsync(service, admin, "mia", ["curator"]);
        await AddAsync(service, admin, "noa", ["operator"]);
        var mia = await service.LoginAsync("mia", Password);
        var noa = await service.LoginAsync("noa", Password);

        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync(HttpMethod.Delete, "/api/admin/accounts/mia", admin.Access)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Patch, "/api/admin/accounts/noa", admin.Access, new { roles = new[] { "curator" } })).StatusCode);

        foreach (var gone in new[] { mia, noa })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", gone.Access)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await service.RefreshAsync(gone.Refresh)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await TryLoginAsync(service, "mia", Password)).StatusCode);
        Assert.Equal(["curator"], RolesOf(await service.LoginAsync("noa", Password)));
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", admin.Access)).StatusCode);
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();

        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Delete, "/api/admin/accounts/admin", admin.Access), HttpStatusCode.Conflict, "last_admin");
        await Problem.AssertAsync(
            await service.SendAsync(HttpMethod.Patch, "/api/admin/accounts/admin", admin.Access, new { roles = new[] { "curator" } }), HttpStatusCode.Conflict, "last_admin");
    }

    [Theory]
    [InlineData("lin", "short", "curator", HttpStatusCode.BadRequest, "password_too_weak")]
    [InlineData("lin", "aaaaaaaaaaaa", "curator", HttpStatusCode.BadRequest, "password_too_weak")]
    [InlineData("lin", "lin-and-more-9", "curator", HttpStatusCode.BadRequest, "password_too_weak")]
    [InlineData("a b", Password, "curator", HttpStatusCode.BadRequest, "account_name_invalid")]
    [InlineData("key:1", Password, "curator", HttpStatusCode.BadRequest, "account_name_invalid")]
    [InlineData("lin", Password, "king", HttpStatusCode.BadRequest, "role_unknown")]
    [InlineData("admin", Password, "admin", HttpStatusCode.Conflict, "account_exists")]
    public async Task What_is_no_account_is_refused_clearly(string account, string password, string role, HttpStatusCode status, string code)
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();

        await Problem.AssertAsync(
            await service.SendAsync(HttpMethod.Post, "/api/admin/accounts", admin.Access, new { account, password, roles = new[] { role } }), status, code);
    }

    [Fact]
    public async Task An_account_is_never_shown_with_its_password()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();

        var accounts = await (await service.SendAsync(HttpMethod.Get, "/api/admin/accounts", admin.Access)).Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal(["account", "created_at", "roles"], accounts!["accounts"]![0]!.AsObject().Select(m => m.Key).Order());
    }

    [Fact]
    public async Task Wrong_passwords_are_let_pass_five_times_and_an_unknown_account_looks_the_same()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        foreach (var account in new[] { "admin", "nobody" })
        {
            for (var i = 0; i < 5; i++)
            {
                await Problem.AssertAsync(await TryLoginAsync(service, account, "wrong password"), HttpStatusCode.Unauthorized, "credentials_invalid");
            }

            var refused = await TryLoginAsync(service, account, "wrong password");
            await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, "too_many_attempts");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        }

        // Even the right one has to wait, until the window is over.
        var first = (await File.ReadAllTextAsync(Path.Combine(Data, "first-password"))).Trim();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryLoginAsync(service, "admin", first)).StatusCode);
        service.Time.Advance(TimeSpan.FromMinutes(6));
        await service.LoginAsync("admin", first);
    }

    [Fact]
    public async Task Every_action_of_an_admin_is_in_the_audit_log_and_no_secret_is()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();

        await AddAsync(service, admin, "ola", ["operator"]);

        Assert.Contains(service.Logs.Lines, l => l.StartsWith("Museum.Audit", StringComparison.Ordinal) && l.Contains("account.add by admin on ola", StringComparison.Ordinal));
        Assert.DoesNotContain(service.Logs.Lines, l => l.Contains(Password, StringComparison.Ordinal) || l.Contains(admin.Access.Split('.')[2], StringComparison.Ordinal));
    }

    private static async Task AddAsync(SessionServiceUnderTest service, Tokens admin, string account, string[] roles) => Assert.Equal(
        HttpStatusCode.Created,
        (await service.SendAsync(HttpMethod.Post, "/api/admin/accounts", admin.Access, new { account, password = Password, roles })).StatusCode);

    private static Task<HttpResponseMessage> TryLoginAsync(SessionServiceUnderTest service, string account, string password) =>
        service.Client.PostAsJsonAsync("/api/auth/login", new { account, password });

    private static Task<HttpResponseMessage> ChangePasswordAsync(SessionServiceUnderTest service, Tokens tokens, string current, string next) =>
        service.SendAsync(HttpMethod.Post, "/api/auth/password", tokens.Access, new { current_password = current, new_password = next });

    private static IEnumerable<string> RolesOf(Tokens tokens) => new JsonWebToken(tokens.Access).Claims.Where(c => c.Type == "roles").Select(c => c.Value);
}

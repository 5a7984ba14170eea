using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.SessionService.Tests;

public sealed class ApiKeyTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_hash_and_lets_a_program_in_until_it_is_removed()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var admin = await service.AdminAsync();
        var (id, key) = await MakeAsync(service, admin);

        var tokens = await SessionServiceUnderTest.TokensAsync(await service.Client.PostAsJsonAsync(
            "/api/auth/token", new { grant_type = "client_credentials", client_secret = key }));

        var list = await (await service.SendAsync(HttpMethod.Get, "/api/admin/api-keys", admin.Access)).Content.ReadAsStringAsync();
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        Assert.False(await InAnyFileAsync(key));
        Assert.DoesNotContain(service.Logs.Lines, l => l.Contains(key, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NoContent, (await service.SendAsync(HttpMethod.Delete, "/api/admin/api-keys/" + id, admin.Access)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, "/api/auth/me", tokens.Access)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Delete, "/api/admin/api-keys/" + id, admin.Access)).StatusCode);
    }

    [Fact]
    public async Task A_key_may_come_in_a_form_or_by_http_basic()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        var (_, key) = await MakeAsync(service, await service.AdminAsync());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "tour", ["client_secret"] = key });
        using var basic = new HttpRequestMessage(HttpMethod.Post, "/api/auth/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["language"] = "zh" }),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("tour:" + key))) },
        };

        Assert.NotEmpty((await SessionServiceUnderTest.TokensAsync(await service.Client.PostAsync("/api/auth/token", form))).Access);
        Assert.NotEmpty((await SessionServiceUnderTest.TokensAsync(await service.Client.SendAsync(basic))).Access);
    }

    [Fact]
    public async Task A_wrong_key_is_an_invalid_client()
    {
        await using var service = await SessionServiceUnderTest.StartAsync(Data, redis);

        var problem = await Problem.AssertAsync(
            await service.Client.PostAsJsonAsync("/api/auth/token", new { grant_type = "client_credentials", client_secret = "museum_wrong" }),
            HttpStatusCode.Unauthorized,
            "credentials_invalid");

        Assert.Equal("invalid_client", problem["error"]!.GetValue<string>());
    }

    private static async Task<(string Id, string Key)> MakeAsync(SessionServiceUnderTest service, Tokens admin)
    {
        var made = await service.SendAsync(HttpMethod.Post, "/api/admin/api-keys", admin.Access, new { name = "tour", roles = new[] { "visitor" } });
        var key = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Matches("^museum_[A-Za-z0-9_-]{43}$", key["api_key"]!.GetValue<string>());
        return (key["id"]!.GetValue<string>(), key["api_key"]!.GetValue<string>());
    }

    private async Task<bool> InAnyFileAsync(string text)
    {
        foreach (var file in Directory.EnumerateFiles(Data, "*.db*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            if ((await reader.ReadToEndAsync()).Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

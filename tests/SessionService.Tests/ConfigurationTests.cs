using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Configuration;
using Museum.TestKit;
using StackExchange.Redis;

namespace Museum.SessionService.Tests;

/// <summary><c>/api/admin/config</c>, with the settings of this very service and of a guide that declared its own in the store.</summary>
public sealed class ConfigurationTests(RedisServer redis) : DataFolder, IClassFixture<RedisServer>
{
    private const string Config = "/api/admin/config";

    [Fact]
    public async Task A_change_is_in_force_on_every_replica_and_written_to_the_audit_log()
    {
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        var admin = await here.AdminAsync();
        var before = await VersionAsync(here, admin);

        var changed = await PatchAsync(here, admin, """{"sessionservice": {"Session:TimeoutSeconds": 120}}""");

        Assert.Equal((HttpStatusCode.OK, $"\"{before + 1}\""), (changed.StatusCode, changed.Headers.ETag?.Tag));
        await InForceAsync(there, admin, "Session:TimeoutSeconds", "120", "override", replicas: 2);
        Assert.Contains(here.Logs.Lines, l => l.StartsWith("Museum.Audit", StringComparison.Ordinal)
            && l.Contains("config.change by admin on sessionservice Session:TimeoutSeconds = 120", StringComparison.Ordinal));

        await PatchAsync(there, admin, """{"sessionservice": null}""");
        await InForceAsync(here, admin, "Session:TimeoutSeconds", "3600", "default", replicas: 2);
    }

    [Fact]
    public async Task Only_operators_and_admins_see_and_change_it()
    {
        await using var service = await StartAsync();
        var visitor = await service.VisitorAsync();
        await Problem.AssertAsync(await service.SendAsync(HttpMethod.Get, Config, visitor.Access), HttpStatusCode.Forbidden, "forbidden");
        await Problem.AssertAsync(await PatchAsync(service, visitor, "{}"), HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, Config, (await OperatorAsync(service)).Access)).StatusCode);
    }

    [Theory]
    [InlineData("sessionservice", "Session:TimeoutSeconds", "5", "It must be a whole number from 10 to 86400.")]
    [InlineData("sessionservice", "SignIn:Window", "\"300\"", "It must be a duration (hh:mm:ss) from 00:00:01 to 1.00:00:00.")]
    [InlineData("sessionservice", "Session:Colour", "1", "There is no such setting.")]
    [InlineData("sessionservice", "ConnectionStrings:redis", "\"localhost:1\"", "There is no such setting.")]
    [InlineData("global", "Guide:Speed", "7", "It must be a whole number from 1 to 5.")]
    [InlineData("guide", "Guide:Home", "\"/\"", "This cannot be changed while the services run; see docs/configuration.md.")]
    [InlineData("barservice", "Guide:Speed", "2", "There is no such service; global, guide, sessionservice are known.")]
    public async Task What_makes_no_sense_is_refused_with_key_reason_and_range_and_nothing_is_changed(string scope, string key, string value, string reason)
    {
        await using var service = await StartAsync();
        var admin = await service.AdminAsync();
        var before = await VersionAsync(service, admin);

        var refused = await PatchAsync(service, admin, $$"""{"sessionservice": {"Session:MemoryCapacity": 3}, "{{scope}}": {"{{key}}": {{value}} } }""");

        var error = (await Problem.AssertAsync(refused, HttpStatusCode.UnprocessableEntity, "config_invalid", "client"))["errors"]!.AsArray().Single()!;
        Assert.Equal((scope, key, reason), ((string?)error["scope"], (string?)error["key"], (string?)error["reason"]));
        Assert.Equal(before, await VersionAsync(service, admin));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("no json")]
    [InlineData("""{"sessionservice": 3}""")]
    public async Task What_is_no_merge_patch_is_malformed(string body)
    {
        await using var service = await StartAsync();
        await Problem.AssertAsync(await PatchAsync(service, await service.AdminAsync(), body), HttpStatusCode.BadRequest, "malformed_request");
    }

    [Fact]
    public async Task Whoever_read_an_older_version_is_told_so()
    {
        await using var service = await StartAsync();
        var admin = await service.AdminAsync();
        var read = (await service.SendAsync(HttpMethod.Get, Config, admin.Access)).Headers.ETag!.Tag;

        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(service, admin, """{"guide": {"Guide:Speed": 2}}""", read)).StatusCode);
        await Problem.AssertAsync(await PatchAsync(service, admin, """{"guide": {"Guide:Speed": 3}}""", read), HttpStatusCode.PreconditionFailed, "config_changed");
    }

    [Fact]
    public async Task Changes_of_different_settings_at_once_are_all_kept()
    {
        await using var here = await StartAsync();
        await using var there = await StartAsync();
        var admin = await here.AdminAsync();

        var changes = await Task.WhenAll(
            PatchAsync(here, admin, """{"sessionservice": {"SignIn:AttemptsPerAccount": 6}}"""),
            PatchAsync(there, admin, """{"sessionservice": {"SignIn:AttemptsPerAddress": 21}}"""),
            PatchAsync(here, admin, """{"guide": {"Guide:Speed": 4}}"""));

        Assert.All(changes, c => Assert.Equal(HttpStatusCode.OK, c.StatusCode));
        var overrides = (await ReadAsync(there, admin))["overrides"]!;
        Assert.Equal(
            "6 21 4", $"{overrides["sessionservice"]!["SignIn:AttemptsPerAccount"]} {overrides["sessionservice"]!["SignIn:AttemptsPerAddress"]} {overrides["guide"]!["Guide:Speed"]}");
    }

    [Fact]
    public async Task A_secret_is_an_admins_to_set_and_nobodys_to_read()
    {
        await using var service = await StartAsync();
        var admin = await service.AdminAsync();
        const string Patch = """{"guide": {"Guide:Password": "open sesame"}}""";
        var refused = await Problem.AssertAsync(await PatchAsync(service, await OperatorAsync(service), Patch), HttpStatusCode.UnprocessableEntity, "config_invalid");
        Assert.Equal("Only an admin may change this.", (string?)refused["errors"]![0]!["reason"]);

        var changed = await PatchAsync(service, admin, Patch);

        Assert.Equal("set", (string?)(await changed.Content.ReadFromJsonAsync<JsonObject>())!["overrides"]!["guide"]!["Guide:Password"]);
        var stored = await RunAsync(db => db.StringGetAsync(OverrideDocument.Key));
        string?[] everything = [(await ReadAsync(service, admin)).ToJsonString(), stored, .. service.Logs.Lines];
        Assert.All(everything, text => Assert.DoesNotContain("sesame", text, StringComparison.Ordinal));
        Assert.Contains(service.Logs.Lines, l => l.Contains("config.change by admin on guide Guide:Password set", StringComparison.Ordinal));
    }

    private async Task<SessionServiceUnderTest> StartAsync()
    {
        SettingDescription[] guide =
        [
            new("Guide:Speed", SettingType.Integer) { Minimum = "1", Maximum = "5", Live = true },
            new("Guide:Home", SettingType.String),
            new("Guide:Password", SettingType.String) { Live = true, Secret = true, AdminOnly = true },
        ];
        await RunAsync(db => db.HashSetAsync(ReplicaReport.SchemaKey, "guide", System.Text.Json.JsonSerializer.Serialize(guide, OverrideDocument.Json)));
        var service = await SessionServiceUnderTest.StartAsync(Data, redis);
        // It declares its settings in the store up to a second after its connection.
        await Eventually.TrueAsync(() => RunAsync(db => db.HashExistsAsync(ReplicaReport.SchemaKey, "sessionservice")));
        return service;
    }

    /// <summary>As an account that is an operator and nothing else.</summary>
    private static async Task<Tokens> OperatorAsync(SessionServiceUnderTest service)
    {
        var account = new { account = "ops", password = "correct horse battery", roles = new[] { "operator" } };
        await service.SendAsync(HttpMethod.Post, "/api/admin/accounts", (await service.AdminAsync()).Access, account);
        return await service.LoginAsync(account.account, account.password);
    }

    private static Task<HttpResponseMessage> PatchAsync(SessionServiceUnderTest service, Tokens caller, string patch, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, Config)
        {
            Content = new StringContent(patch, new MediaTypeHeaderValue("application/merge-patch+json")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", caller.Access) },
        };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifMatch));
        }

        return service.Client.SendAsync(request);
    }

    private static async Task<JsonObject> ReadAsync(SessionServiceUnderTest service, Tokens caller) =>
        (await (await service.SendAsync(HttpMethod.Get, Config, caller.Access)).Content.ReadFromJsonAsync<JsonObject>())!;

    private static async Task<long> VersionAsync(SessionServiceUnderTest service, Tokens caller) => (long)(await ReadAsync(service, caller))["version"]!;

    private static Task InForceAsync(SessionServiceUnderTest service, Tokens caller, string key, string value, string source, int replicas) => Eventually.TrueAsync(async () =>
        (await ReadAsync(service, caller))["services"]!["sessionservice"]!["replicas"]!.AsArray()
            .Count(r => (string?)r!["values"]![key]!["value"] == value && (string?)r["values"]![key]!["source"] == source) >= replicas);

    private async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},connectTimeout=60000").SoonAsync();
        return await call(connection.GetDatabase()).SoonAsync();
    }
}
